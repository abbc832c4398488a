import { expect, test } from 'bun:test';
import type { Change } from '@maru/protocol';
import { at, entry, events, ME, message, messages, ROOM, roomNumber } from '../testing/fixtures.ts';
import { onlineClient, startClient, type World } from '../testing/online-client.ts';

const LOWER = roomNumber(2);
const MIDDLE = roomNumber(3);
const order = ({ client }: Pick<World, 'client'>) => client.rooms.map(({ room }) => room);

async function threeRooms(): Promise<World> {
  const world = await onlineClient([
    entry(messages(1, 1), { room: LOWER }),
    entry(messages(1, 9), { room: ROOM }),
    entry(messages(1, 5), { room: MIDDLE }),
  ]);
  expect(order(world)).toEqual([ROOM, MIDDLE, LOWER]);
  return world;
}

test('a message moves its room up; the others keep their order, and a list that was handed out stays as it was', async () => {
  const world = await threeRooms();
  const held = world.client.rooms;
  await world.server.connection.push(events([message(2, { at: 5_000 })], LOWER));
  expect(order(world)).toEqual([LOWER, ROOM, MIDDLE]);
  expect(world.client.rooms[0]).toMatchObject({ latest: { seq: 2 }, unreadCount: 2 });
  expect(held.map(({ room }) => room)).toEqual([ROOM, MIDDLE, LOWER]);
  await world.server.connection.push(events([message(6, { at: 5_001 })], MIDDLE));
  expect(order(world)).toEqual([MIDDLE, LOWER, ROOM]);
});

test('what is no message moves no room', async () => {
  const world = await threeRooms();
  const edit = { kind: 'edit', counts: false, ordinal: 1, refersTo: at(1), at: 5_000 } as const;
  await world.server.connection.push(events([message(2, edit)], LOWER));
  expect(order(world)).toEqual([ROOM, MIDDLE, LOWER]);
});

test('[GROUP4] a room says what its user is and may do, by its events', async () => {
  const { client, server } = await onlineClient([entry(messages(1, 1))]);
  const change = (seq: number, change: Change) =>
    server.connection.push(events([message(seq, { kind: change.type, change, counts: false, ordinal: 1 })]));
  expect(client.room(ROOM)).toMatchObject({ role: 'member', can: { send: true, rename: false } });
  await change(2, { type: 'role-set', user: ME, role: 'administrator' });
  expect(client.room(ROOM)).toMatchObject({
    role: 'administrator',
    can: { rename: true, 'set-role': false },
  });
  await change(3, { type: 'role-set', user: ME, role: 'owner' });
  expect(client.room(ROOM)).toMatchObject({ role: 'owner', can: { 'set-role': true } });
  await change(4, { type: 'removed', user: ME });
  expect(client.room(ROOM)).toMatchObject({ role: 'member', can: { send: false } });
});

test('a restart finds the rooms in their order, without a server', async () => {
  const first = await threeRooms();
  await first.server.connection.push(events([message(2, { at: 5_000 })], LOWER));
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store, connect: false });
  expect(order(world)).toEqual([LOWER, ROOM, MIDDLE]);
});
