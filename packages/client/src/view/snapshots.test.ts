import { expect, test } from 'bun:test';
import { type Change, refusal } from '@maru/protocol';
import {
  at,
  entry,
  events,
  ME,
  MY_DEVICE,
  message,
  messages,
  ROOM,
  roomNumber,
  welcome,
} from '../testing/fixtures.ts';
import { onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { accept, answerStatus, refuse, sends } from '../testing/sends.ts';

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

test('what the user says moves its room up at once, by the server’s clock, and is told of until it is an event', async () => {
  const world = await threeRooms();
  const { client, server } = world;
  // A device whose clock is behind all that was said.
  server.clock.offsetMs = 0;
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ now: 5_000 }));
  await client.commands.send(LOWER, 'first');
  await client.commands.send(LOWER, 'second');
  expect(order(world)).toEqual([LOWER, ROOM, MIDDLE]);
  const content = { type: 'text', text: 'second' };
  expect(client.rooms[0]).toMatchObject({ latest: { seq: 1 }, onTheWay: { content, state: 'pending' } });
  const [one, two] = sends(world);
  if (one === undefined || two === undefined) throw new Error('Two messages are on their way.');
  await server.connection.push(accept(two, 3));
  expect(client.rooms[0]?.onTheWay).toMatchObject({ content, state: 'sent' });
  const own = (sent: typeof one, seq: number) =>
    message(seq, { at: 5_000, sender: ME, device: MY_DEVICE, clientMessageId: sent.clientMessageId });
  await server.connection.push(events([own(one, 2), own(two, 3)], LOWER));
  expect(client.rooms[0]).toMatchObject({ room: LOWER, latest: { seq: 3 }, onTheWay: undefined });
});

test('what is said in a room that is being made is what a list tells of it', async () => {
  const { client } = await startClient({ connect: false });
  const { room } = await client.commands.createGroup('Team', []);
  expect(client.room(room)?.onTheWay).toBeUndefined();
  await client.commands.send(room, 'hello');
  expect(client.room(room)?.onTheWay).toMatchObject({ content: { text: 'hello' }, state: 'pending' });
});

test('what the server refused is told of until it is dropped', async () => {
  const world = await threeRooms();
  const { client, server } = world;
  await client.commands.send(LOWER, 'loud');
  const told = () => client.rooms.find(({ room }) => room === LOWER)?.notSent;
  expect(told()).toBeUndefined();
  const [send] = sends(world);
  if (send === undefined) throw new Error('A message is on its way.');
  await server.connection.push(refuse(send, refusal('forbidden', 'Only administrators write here.')));
  await answerStatus(world, { status: 'unknown' });
  expect(told()).toEqual({ type: 'text', text: 'loud' });
  await client.commands.discard(LOWER, send.clientMessageId);
  expect(told()).toBeUndefined();
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

test('a room that is being made is the same object until something of it changes', async () => {
  const world = await startClient({ connect: false });
  const { room } = await world.client.commands.createGroup('Team', []);
  const before = world.client.room(room);
  expect(before).toMatchObject({ name: 'Team', membership: 'creating' });
  expect(world.client.room(room)).toBe(before);
  await world.client.commands.send(room, 'hello');
  expect(world.client.room(room)).not.toBe(before);
  expect(world.client.room(room)?.messages).toHaveLength(1);
  world.client.settings.setDraft(room, { text: 'begun' });
  expect(world.client.room(room)?.draft?.text).toBe('begun');
});

test('the lines of a room are the same list as long as none of them has changed', async () => {
  const { client, server } = await onlineClient([entry(messages(1, 3))]);
  await client.open(ROOM);
  const before = client.room(ROOM);
  client.settings.setDraft(ROOM, { text: 'begun' });
  expect(client.room(ROOM)?.draft?.text).toBe('begun');
  expect(client.room(ROOM)?.messages).toHaveLength(3);
  expect(client.room(ROOM)?.messages).toBe(before?.messages);
  await server.connection.push(events([message(4)]));
  expect(client.room(ROOM)?.messages).toHaveLength(4);
  expect(before?.messages).toHaveLength(3);
});
