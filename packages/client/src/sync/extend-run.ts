import type { Event } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';

/**
 * Stores older events where they join the beginning of a room's run; else does nothing.
 *
 * @param before the number that follows them, of what may be seen
 */
export function extendRun(room: Room, older: readonly Event[], before: number, journal: Journal): void {
  const { record } = room;
  const first = older[0];
  if (first === undefined || record.stored?.from !== before || first.seq >= before) return;
  // Where the run began with other things than messages, the newest message is found only now.
  const latest = record.latest ?? older.findLast(({ kind }) => kind === 'message');
  room.record = { ...record, latest, stored: { ...record.stored, from: first.seq } };
  journal.add({ kind: 'events', room: record.room, events: older });
  journal.touch(record.room);
}
