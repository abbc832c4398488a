import { expect, test } from 'bun:test';
import { group } from '../../core/room/testing/people.ts';
import { createFloor } from '../../main/testing/floor.ts';
import { Committer } from '../commit/committer.ts';
import { InboxMemory } from './inbox-memory.ts';

async function memoryOf(rooms: number) {
  const floor = createFloor();
  const { engine, clock } = floor;
  for (let number = 0; number < rooms; number++) await floor.device(0).createGroup([1], 'all', number);
  const committer = new Committer({ log: engine.log, onBroken: () => {}, onFault: () => {} });
  const memory = new InboxMemory({ store: engine.inboxes, settings: engine.settings, committer, clock });
  return { floor, clock, memory, user: floor.device(0).user, other: floor.device(1).user };
}

test('a user without sessions stays for a while and then goes, with the rooms nobody else is in', async () => {
  const { clock, memory, user } = await memoryOf(2);
  const inbox = await memory.need(user);
  expect(inbox.places.size).toBe(2);
  clock.advance(29_000);
  expect(await memory.need(user)).toBe(inbox);
  clock.advance(31_000);
  expect(memory.peek(user)).toBeUndefined();
  expect(memory.room(group(0))).toBeUndefined();
});

test('who has a session stays, with the rooms', async () => {
  const { floor, clock, memory, user, other } = await memoryOf(1);
  const inbox = await memory.need(user);
  const info = { session: 'session' as never, user, device: floor.device(0).device };
  inbox.sessions = [{ info, looksAt: [], at: undefined }];
  await memory.need(other);
  expect(memory.room(group(0))?.people).toHaveLength(2);
  clock.advance(600_000);
  expect(memory.get(user)).toBe(inbox);
  expect(memory.peek(other)).toBeUndefined();
  expect(memory.room(group(0))?.people.map((place) => place.inbox)).toEqual([inbox]);
});

test('a head is shared by all who are in the room, and read once', async () => {
  const { memory, user, other } = await memoryOf(1);
  const [a, b] = await Promise.all([memory.need(user), memory.need(other)]);
  const [place] = a.places.values();
  const [same] = b.places.values();
  expect(place?.in).toBe(same?.in as never);
  expect(place?.in).toMatchObject({ loaded: true, seq: 1, memberCount: 2 });
});
