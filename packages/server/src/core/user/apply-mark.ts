import type { Seq } from '@maru/protocol';
import type { UserMarks } from './marks.ts';

/** What a user (or one of their devices) asks. `unread` is the flag. */
export interface MarkChange {
  readonly read?: Seq;
  readonly unread?: boolean;
}

/** An event that a read mark may stand on: its `ordinal`, and how many of the user's own counting events lie up to it. */
export interface MarkedEvent {
  readonly seq: number;
  readonly ordinal: number;
  readonly own: number;
}

/**
 * The event that the read mark would move to, whose facts `applyMark` needs; `undefined` where it stays. A mark beyond
 * the head stops there: nobody has read what is not written yet.
 */
export function markMovesTo(marks: UserMarks, change: MarkChange, head: Seq): Seq | undefined {
  if (change.read === undefined) return undefined;
  const read = change.read < head ? change.read : head;
  return read > marks.read ? read : undefined;
}

/**
 * The marks after a change (`[UNREAD4]`). Reading clears the flag, also where the mark is further already: "mark read"
 * always wins; the flag moves no mark. The same object comes back when nothing changes, so that nothing is stored.
 *
 * @param event what {@link markMovesTo} named
 */
export function applyMark(marks: UserMarks, change: MarkChange, event: MarkedEvent | undefined): UserMarks {
  const unread = change.unread ?? (change.read === undefined ? marks.unread : false);
  if (change.read !== undefined && event !== undefined && event.seq > marks.read) {
    return { read: event.seq, readOrdinal: event.ordinal, readOwn: event.own, unread };
  }
  return unread === marks.unread ? marks : { ...marks, unread };
}
