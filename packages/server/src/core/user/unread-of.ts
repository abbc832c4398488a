import { unreadCount } from '@maru/protocol';
import type { UserMarks } from './marks.ts';

/**
 * How many messages of a room the user has not read (`[UNREAD2]`), by the protocol's one function.
 *
 * @param head the room's newest event that the user sees
 * @param own counting events of the user's own in the room, all of them
 * @param hiddenAfter counting events by others above the mark that were deleted, or hidden by the user
 */
export function unreadOf(
  head: { readonly ordinal: number },
  marks: UserMarks,
  own: number,
  hiddenAfter: number,
): number {
  return unreadCount({
    headOrdinal: head.ordinal,
    readOrdinal: marks.readOrdinal,
    ownAfter: own - marks.readOwn,
    hiddenAfter,
  });
}
