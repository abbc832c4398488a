import type { Event } from './event.ts';
import type { Seq, UserId } from './ids.ts';

export interface HiddenMessage {
  readonly seq: Seq;
  /** Who wrote it. */
  readonly sender: UserId;
}

const NONE: readonly HiddenMessage[] = [];

/**
 * The messages of which an event leaves nothing but their number, and which count as unread no more (`[UNREAD1]`): the
 * one that it deletes, or those whose time was over.
 */
export function messagesHiddenBy({
  kind,
  sender,
  refersTo,
  change,
}: Pick<Event, 'kind' | 'sender' | 'refersTo' | 'change'>): readonly HiddenMessage[] {
  // Only its author deletes a message.
  if (kind === 'deletion') return refersTo === undefined ? NONE : [{ seq: refersTo, sender }];
  if (change?.type !== 'expired') return NONE;
  return change.messages.flatMap((some) => some.seqs.map((seq) => ({ seq, sender: some.sender })));
}
