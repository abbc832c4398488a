import type { RoomId, UserId } from '@maru/protocol';
import type { Engine } from '../../ports/engine.ts';
import type { UserRoom } from '../../ports/inbox-store.ts';
import type { Findings } from './finding.ts';
import type { ReplayedRooms } from './replayed-rooms.ts';

/** Compares a user's rooms, of those that were replayed, with what the replay gives. */
export async function compareUser(
  engine: Engine,
  replayed: ReplayedRooms,
  user: UserId,
  rooms: ReadonlySet<RoomId>,
  findings: Findings,
): Promise<void> {
  const stored = byRoom(await engine.inboxes.roomsOf(user), rooms);
  const expected = byRoom(await replayed.engine.inboxes.roomsOf(user), rooms);
  for (const room of new Set([...stored.keys(), ...expected.keys()])) {
    const wanted = expected.get(room);
    const placed = wanted && { ...wanted, changedAt: replayed.placeOf(wanted.changedAt) };
    if (Bun.deepEquals(stored.get(room), placed)) continue;
    const detail = "the user's own room: not what a replay gives";
    findings.add({ code: 'projection', detail, room, user });
  }
}

/** Delivered marks are soft, and in no log. */
function byRoom(list: readonly UserRoom[], rooms: ReadonlySet<RoomId>): Map<RoomId, UserRoom> {
  return new Map(
    list.filter(({ room }) => rooms.has(room)).map((entry) => [entry.room, { ...entry, delivered: 0 }]),
  );
}
