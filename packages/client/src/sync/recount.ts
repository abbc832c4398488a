import type { Event } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';
import { baseAllRead, baseFromEvents, type Reader } from '../room/unread-base.ts';
import { mentionsAfterEvent, NO_MENTIONS } from '../room/unread-mentions.ts';
import { nextVisible } from '../room/visible.ts';

/** Events that are read at most to count what is unread behind a mark. */
const RECOUNT_EVENTS_MAX = 2_000;

/** Reads stored events of a room, all that the journal was given included. */
export type ReadStored = (room: Room, from: number, to: number) => Promise<readonly Event[]>;

/**
 * Counts anew what is unread behind the user's mark, and what of it names them, from the device's own events
 * (`[UNREAD2]`, `[TEXT5]`).
 *
 * @returns whether it could: the events behind the mark are all here
 */
export async function recount(room: Room, reader: Reader, read: ReadStored): Promise<boolean> {
  for (;;) {
    const { marks, head, stored, visible } = room.record;
    if (marks.read >= head.seq) {
      room.record = { ...room.record, unread: baseAllRead(head.ordinal) };
      return true;
    }
    const first = nextVisible(visible, marks.read);
    if (first === undefined || stored === undefined || stored.from > first || stored.tip.seq < head.seq)
      return false;
    if (head.seq - marks.read > RECOUNT_EVENTS_MAX) return false;
    const events = await read(room, marks.read, head.seq);
    // Both may have moved while the store was read.
    if (room.record.head.seq !== head.seq || room.record.marks.read !== marks.read) continue;
    const at = events.find((event) => event.seq === marks.read);
    const after = events.filter((event) => event.seq > marks.read);
    const unread = baseFromEvents(after, reader, head.ordinal, at?.ordinal);
    const mentions = after.reduce(
      (named, event) => mentionsAfterEvent(named, event, reader, marks.read),
      NO_MENTIONS,
    );
    room.record = { ...room.record, unread, mentions };
    return true;
  }
}
