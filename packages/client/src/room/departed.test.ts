import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { InvalidCommand } from '../errors.ts';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  message,
  messages,
  ROOM,
  roomNumber,
  synced,
  welcome,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, startClient } from '../testing/online-client.ts';

const OTHER_ROOM = roomNumber(2);
const EVENTS = 120;

/** A room from which the user is removed, as the server tells it: live, and by its entry. */
async function removed() {
  const world = await onlineClient([entry(messages(1, EVENTS)), entry(messages(1, 1), { room: OTHER_ROOM })]);
  const { server } = world;
  const change = { type: 'removed', user: ME } as const;
  const removal = message(EVENTS + 1, { kind: 'removed', change, counts: false, ordinal: EVENTS });
  await server.connection.push(events([removal]));
  const head = { seq: at(EVENTS + 1), ordinal: EVENTS, at: 9_000 };
  const gone = entry([], { membership: 'removed', visible: [], head, unreadCount: 0 });
  await server.connection.push({ kind: 'room', entry: gone });
  return world;
}

test('[GROUP6] who was removed reads on, to the beginning of what is here, and asks the server for nothing', async () => {
  const { client, server } = await removed();
  await client.open(ROOM);
  while ((await client.loadOlder(ROOM)) > 0);
  const shown = client.room(ROOM)?.messages.map(({ seq }) => Number(seq));
  expect(shown).toEqual(Array.from({ length: EVENTS + 1 }, (_, i) => i + 1));
  expect(client.room(ROOM)?.atStart).toBe(true);
  expect(await client.jumpTo(ROOM, at(3))).toBe(true);
  expect(await client.jumpTo(ROOM, at(EVENTS + 9))).toBe(false);
  await server.clock.advance(1_000);
  expect(server.connection.all('history')).toEqual([]);
});

test('[GROUP6] how one went is its last line, under the name that the room had, also where one was not there', async () => {
  const world = await onlineClient([entry(messages(1, 3)), entry(messages(1, 1), { room: OTHER_ROOM })]);
  const { client, server, store } = world;
  const removal = message(7, {
    kind: 'removed',
    change: { type: 'removed', user: ME },
    counts: false,
    ordinal: 6,
  });
  const head = { seq: at(7), ordinal: 6, at: removal.at };
  const gone = { membership: 'removed' as const, visible: [], head, unreadCount: 0, memberCount: 0 };
  const { name: _unsaid, ...nameless } = entry([removal], gone);
  for (let times = 0; times < 2; times++) await server.connection.push({ kind: 'room', entry: nameless });
  const shown = () => client.room(ROOM)?.messages.map(({ seq, kind }) => `${seq} ${kind}`);
  await client.open(ROOM);
  expect(shown()).toEqual(['1 message', '2 message', '3 message', '7 removed']);
  expect(client.room(ROOM)).toMatchObject({ name: 'Room', membership: 'removed', memberCount: 0 });
  expect(await store.events(ROOM, 1, 9)).toHaveLength(4);
  await server.clock.advance(1_000);
  expect(server.connection.all('history')).toEqual([]);
  // What lies before the removal was never here: who is back begins anew.
  const back = message(9, { kind: 'joined', change: { type: 'joined', users: [ME] }, counts: false });
  await server.connection.push({ kind: 'room', entry: entry([message(8), back]) });
  expect(shown()).toEqual(['8 message', '9 joined']);
  expect(client.room(ROOM)).toMatchObject({ membership: 'member', atStart: false });
});

test('[GROUP6] nothing of what comes later joins it, whoever sends it', async () => {
  const { client, server } = await removed();
  await client.open(ROOM);
  await server.connection.push(events([message(EVENTS + 2)]));
  await server.clock.advance(1_000);
  expect(client.room(ROOM)?.messages.at(-1)?.seq).toBe(at(EVENTS + 1));
  expect(server.connection.all('history')).toEqual([]);
});

test('[GROUP6] a snapshot, which does not name it, leaves its past where it is', async () => {
  const world = await removed();
  await world.client[Symbol.asyncDispose]();
  const again = await startClient({ store: world.store }, world.server);
  const { connection } = again.server;
  connection.open();
  await connection.push(welcome({ cursor: cursorAt(2) }));
  const rooms = [entry([], { room: OTHER_ROOM })];
  await connection.push(synced(connection.last('sync').id, rooms, { cursor: cursorAt(2), snapshot: true }));
  expect(again.client.connection.state).toBe('online');
  expect(again.client.room(ROOM)).toMatchObject({ membership: 'removed' });
  await again.client.open(ROOM);
  expect(again.client.room(ROOM)?.messages.length).toBeGreaterThan(0);
});

test('[GROUP6] forgetting drops it for good, and is for rooms that one is out of', async () => {
  const world = await removed();
  const { client, store } = world;
  const refused = await client.forget(OTHER_ROOM).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toEqual(new InvalidCommand(refusal('forbidden', 'Leave the room before it is forgotten.')));
  await client.forget(ROOM);
  expect(client.room(ROOM)).toBeUndefined();
  expect(client.rooms.map(({ room }) => room)).toEqual([OTHER_ROOM]);
  expect(await store.events(ROOM, 1, 1_000)).toEqual([]);
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store }, world.server);
  await goOnline(again, []);
  expect(again.client.room(ROOM)).toBeUndefined();
});
