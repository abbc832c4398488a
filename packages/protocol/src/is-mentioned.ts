import type { Event } from './event.ts';
import type { UserId } from './ids.ts';
import { MENTION_ALL_MEMBERS_MAX } from './limits.ts';

/** Whether a message, or an edit of one, names somebody by its envelope: nobody names themselves. */
export function isMentioned(
  { sender, mentions, mentionsAll }: Pick<Event, 'sender' | 'mentions' | 'mentionsAll'>,
  user: UserId,
): boolean {
  return sender !== user && (mentionsAll === true || mentions?.includes(user) === true);
}

/**
 * Whether a member may name everybody at once: in a small room each may, in a bigger one who looks after it. Both sides
 * ask here, so that rights have one place to come in.
 *
 * @param isOwner whether the member may do what its creator may
 */
export function mayMentionAll(room: { readonly memberCount: number }, isOwner: boolean): boolean {
  return isOwner || room.memberCount <= MENTION_ALL_MEMBERS_MAX;
}
