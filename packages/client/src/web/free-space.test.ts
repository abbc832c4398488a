import 'fake-indexeddb/auto';
import { expect, test } from 'bun:test';
import { tipOf } from '../room/room-record.ts';
import { recordOfEntry } from '../room/with-entry.ts';
import { at, entry, message, messageId, messages, ROOM, roomNumber } from '../testing/fixtures.ts';
import { freeSpace } from './free-space.ts';
import { openIndexedDbStore } from './indexed-db-store.ts';

test('[STORE3] a full disk is named, and space is freed without what the user wrote', async () => {
  const name = 'full';
  const store = await openIndexedDbStore({ name });
  const record = {
    ...recordOfEntry(entry(messages(1, 250))),
    stored: { from: at(1), tip: tipOf(message(250)) },
  };
  await store.apply([
    { kind: 'events', room: ROOM, events: messages(1, 250) },
    { kind: 'events', room: roomNumber(2), events: messages(1, 3) },
    { kind: 'room', record },
    { kind: 'last-id', room: ROOM, clientMessageId: messageId(9) },
  ]);
  await store.close();
  expect(await freeSpace(name)).toBe(150);
  expect(await freeSpace(name)).toBe(0);
  const again = await openIndexedDbStore({ name });
  const state = await again.load();
  expect(state.rooms).toEqual([{ ...record, stored: { ...record.stored, from: at(151) } }]);
  expect([...state.lastIds]).toEqual([[ROOM, messageId(9)]]);
  expect((await again.events(ROOM, 1, 250)).map(({ seq }) => seq as number)).toEqual(
    Array.from({ length: 100 }, (_, i) => 151 + i),
  );
  expect(await again.events(roomNumber(2), 1, 3)).toHaveLength(3);
  await again.close();
});
