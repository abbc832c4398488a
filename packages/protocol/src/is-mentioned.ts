import type { Event } from './event.ts';
import type { UserId } from './ids.ts';

/** Whether a message, or an edit of one, names somebody by its envelope: nobody names themselves. */
export function isMentioned(
  { sender, mentions, mentionsAll }: Pick<Event, 'sender' | 'mentions' | 'mentionsAll'>,
  user: UserId,
): boolean {
  return sender !== user && (mentionsAll === true || mentions?.includes(user) === true);
}
