import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { newRoomId } from './id-codec.ts';
import type { RoomId } from './ids.ts';
import type { RoomOwn } from './own-settings.ts';
import { compareRooms, isArchived, type ListedRoom, muteInForce } from './room-list.ts';

const NOW = 1_000_000;
const forEver: RoomOwn = { mute: { until: 'ever', mentions: false } };

function listed(room: string, at: number, own: RoomOwn = {}, ordinal = 0): ListedRoom {
  return { room: room as RoomId, at, own, ordinal };
}

describe('[OWN6] the list of rooms', () => {
  test('pinned ones as they were put, the others by time, archived ones last', () => {
    const rooms = [
      listed('newest', 9),
      listed('put away', 8, { archived: 3, pinned: 0 }, 3),
      listed('second', 1, { pinned: 2.5 }),
      listed('older', 5),
      listed('first', 2, { pinned: 1 }),
      listed('as old, by its id', 5),
      listed('third, by its id', 3, { pinned: 2.5 }),
    ];
    expect(rooms.sort((a, b) => compareRooms(a, b, NOW)).map(({ room }) => room as string)).toEqual([
      'first',
      'second',
      'third, by its id',
      'newest',
      'as old, by its id',
      'older',
      'put away',
    ]);
  });

  test('a message that counts brings an archived room back, unless it is muted', () => {
    const own = { archived: 4 };
    expect(isArchived({ own, ordinal: 4 }, NOW)).toBe(true);
    expect(isArchived({ own, ordinal: 5 }, NOW)).toBe(false);
    expect(isArchived({ own: { ...own, ...forEver }, ordinal: 5 }, NOW)).toBe(true);
    expect(isArchived({ own: forEver, ordinal: 0 }, NOW)).toBe(false);
    const forAWhile: RoomOwn = { ...own, mute: { until: NOW + 1, mentions: true } };
    expect(isArchived({ own: forAWhile, ordinal: 5 }, NOW)).toBe(true);
    expect(isArchived({ own: forAWhile, ordinal: 5 }, NOW + 1)).toBe(false);
  });

  test('a mute holds until its time', () => {
    const mute = { until: NOW, mentions: true };
    expect(muteInForce({ mute }, NOW - 1)).toEqual(mute);
    expect(muteInForce({ mute }, NOW)).toBeUndefined();
    expect(muteInForce(forEver, Number.MAX_SAFE_INTEGER)).toEqual(forEver.mute);
    expect(muteInForce({}, NOW)).toBeUndefined();
  });

  test('is one order, however it is begun', () => {
    const own = fc.record(
      { pinned: fc.double({ noNaN: true, noDefaultInfinity: true }), archived: fc.nat({ max: 3 }) },
      { requiredKeys: [] },
    );
    const room = fc.record({ own, at: fc.nat({ max: 3 }), ordinal: fc.nat({ max: 5 }) });
    fc.assert(
      fc.property(fc.array(room, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (rooms, shuffle) => {
        const list = rooms.map((one) => ({ ...one, room: newRoomId() }));
        const sorted = list.toSorted((a, b) => compareRooms(a, b, NOW));
        const mixed = list
          .map((one) => ({ one, place: shuffle.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(mixed.sort((a, b) => compareRooms(a, b, NOW))).toEqual(sorted);
      }),
    );
  });
});
