import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { MemoryStore } from '../store/memory-store.ts';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  message,
  messages,
  page,
  ROOM,
  roomNumber,
  synced,
  welcome,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { settle } from '../testing/virtual-clock.ts';

const roomIds = ({ client }: Pick<World, 'client'>) => client.rooms.map(({ room }) => room).sort();

test('[SYNC1] the first sync has no cursor and brings all rooms; the next begins at the cursor', async () => {
  const world = await startClient();
  const { server, client } = world;
  server.connection.open();
  await server.connection.push(welcome());
  const first = server.connection.last('sync');
  expect(first.cursor).toBeUndefined();
  const two = [entry(messages(1, 3)), entry(messages(1, 1), { room: roomNumber(2), name: 'Second' })];
  await server.connection.push(synced(first.id, two, { snapshot: true }));
  expect(client.rooms).toMatchObject([
    { room: ROOM, unreadCount: 3, latest: { seq: 3 } },
    { room: roomNumber(2), name: 'Second', unreadCount: 1 },
  ]);
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(2) }));
  const next = server.connection.last('sync');
  expect(next.cursor).toBe(cursorAt(1));
  await server.connection.push(synced(next.id, [entry(messages(1, 5))], { cursor: cursorAt(2) }));
  expect(client.room(ROOM)?.unreadCount).toBe(5);
  expect(client.rooms).toHaveLength(2);
});

test('a device whose cursor is the head of the inbox asks for nothing', async () => {
  const world = await onlineClient();
  await world.server.connection.close(1006);
  await reconnect(world);
  world.server.connection.open();
  await world.server.connection.push(welcome());
  expect(world.client.connection.state).toBe('online');
  expect(world.server.connection.all('sync')).toEqual([]);
});

test('[SYNC3] the cursor is stored with or after what it covers, wherever the process dies', async () => {
  const syncs: PromiseWithResolvers<void>[] = [];
  const store = new MemoryStore({
    sync: () => {
      const next = Promise.withResolvers<void>();
      syncs.push(next);
      return next.promise;
    },
  });
  const starting = startClient({ store });
  await settle();
  syncs.shift()?.resolve();
  const world = await starting;
  await goOnline(world);
  await world.server.clock.advance(1_000);
  expect((await store.load()).cursor).toBeUndefined();
  for (;;) {
    const { cursor } = await store.load();
    if (cursor !== undefined) expect(await store.events(ROOM, 1, 9)).toEqual(messages(1, 3));
    const next = syncs.shift();
    if (next === undefined) break;
    next.resolve();
    await settle();
    await world.server.clock.advance(1_000);
  }
  expect((await store.load()).cursor).toBe(cursorAt(1));
});

test('[SYNC3] a device that dies before its cursor is stored syncs again from the old one', async () => {
  const world = await onlineClient();
  await world.server.clock.advance(1_000);
  await world.server.connection.push({ kind: 'beat', cursor: cursorAt(9), changed: [], sync: false });
  const again = await startClient({ store: world.store.crash() });
  again.server.connection.open();
  expect(again.server.connection.last('hello').cursor).toBe(cursorAt(1));
});

test('[SYNC5] a beat that names a missing event has it fetched, and only then its cursor is kept', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  await server.connection.push({ kind: 'beat', cursor: cursorAt(5), changed: [[ROOM, at(4)]], sync: false });
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ from: 3, direction: 'newer' });
  await server.clock.advance(limits.BEAT_MS);
  expect(server.connection.last('beat').cursor).toBe(cursorAt(1));
  await server.connection.push(page(asked.id, messages(3, 4), 4));
  expect(client.room(ROOM)?.latest?.seq).toBe(at(4));
  await server.clock.advance(limits.BEAT_MS);
  expect(server.connection.last('beat').cursor).toBe(cursorAt(5));
});

test('[SYNC5] a beat that names what is here already only moves the cursor; one that says sync leads to one', async () => {
  const { server } = await onlineClient();
  await server.connection.push({ kind: 'beat', cursor: cursorAt(5), changed: [[ROOM, at(3)]], sync: false });
  await server.clock.advance(limits.BEAT_MS);
  expect(server.connection.last('beat').cursor).toBe(cursorAt(5));
  expect(server.connection.all('history')).toEqual([]);
  await server.connection.push({ kind: 'beat', cursor: cursorAt(6), changed: [], sync: true });
  expect(server.connection.last('sync').cursor).toBe(cursorAt(5));
});

test('[SYNC7] an answer in parts is asked for to its end; a snapshot cut short begins anew', async () => {
  const world = await startClient();
  const { server } = world;
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(9) }));
  const first = server.connection.last('sync');
  const more = { snapshot: true, more: true, cursor: cursorAt(100) };
  await server.connection.push(synced(first.id, [entry(messages(1, 3))], more));
  expect(server.connection.last('sync').cursor).toBe(cursorAt(100));
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  expect(server.connection.last('hello').cursor).toBeUndefined();
  await server.connection.push(welcome({ cursor: cursorAt(9) }));
  await server.connection.push(synced(server.connection.last('sync').id, [entry(messages(1, 3))], more));
  const second = entry([], { room: roomNumber(2) });
  const done = { snapshot: true, cursor: cursorAt(9) };
  await server.connection.push(synced(server.connection.last('sync').id, [second], done));
  expect(roomIds(world)).toEqual([ROOM, roomNumber(2)].sort());
  expect(world.client.connection.state).toBe('online');
  await server.clock.advance(limits.BEAT_MS);
  expect(server.connection.last('beat').cursor).toBe(cursorAt(9));
});

test('[SYNC1] what a snapshot does not name, on any of its pages, is gone', async () => {
  const world = await onlineClient([entry(messages(1, 3)), entry(messages(1, 2), { room: roomNumber(2) })]);
  const { server, store } = world;
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(9) }));
  const answer = { snapshot: true, cursor: cursorAt(9) };
  await server.connection.push(synced(server.connection.last('sync').id, [entry(messages(1, 3))], answer));
  expect(roomIds(world)).toEqual([ROOM]);
  await server.clock.advance(1_000);
  expect((await store.load()).rooms.map(({ room }) => room)).toEqual([ROOM]);
  expect(await store.events(roomNumber(2), 1, 9)).toEqual([]);
});

test('[SYNC4] what comes live before the answer of a sync is not lost, and not counted twice', async () => {
  const world = await startClient();
  const { server, client } = world;
  server.connection.open();
  await server.connection.push(welcome());
  const { id } = server.connection.last('sync');
  await server.connection.push(events([message(4)]));
  await server.connection.push(synced(id, [entry(messages(1, 3))]));
  // The room was not known when its event came: it is asked for once more.
  await server.connection.push(synced(server.connection.last('sync').id, [entry(messages(1, 4))]));
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 4, latest: { seq: 4 } });
  await server.connection.push(events([message(4), message(5)]));
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 5, latest: { seq: 5 } });
});

test('[SYNC9] an entry that comes live makes a room, and takes one away from its user', async () => {
  const world = await onlineClient([]);
  const { server, client } = world;
  await server.connection.push({ kind: 'room', entry: entry(messages(1, 2)) });
  expect(client.rooms).toMatchObject([{ room: ROOM, membership: 'member', unreadCount: 2 }]);
  const gone = entry([], {
    membership: 'removed',
    visible: [],
    head: { seq: at(3), ordinal: 2, at: 9 },
    unreadCount: 0,
  });
  await server.connection.push({ kind: 'room', entry: gone });
  expect(client.rooms).toMatchObject([{ room: ROOM, membership: 'removed', unreadCount: 0 }]);
  await client.open(ROOM);
  expect(client.room(ROOM)?.messages).toHaveLength(2);
  await server.clock.advance(1_000);
  expect(server.connection.all('history')).toEqual([]);
});

test('a server that was restored from a backup: what it lost is dropped, and what this device said goes again', async () => {
  const world = await onlineClient([entry(messages(1, 2))]);
  const { server, client, faults } = world;
  await client.open(ROOM);
  await client.commands.send(ROOM, 'mine');
  const { room, clientMessageId } = server.connection.last('send');
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(3), at: 9 });
  await server.connection.push(events([message(4)]));
  client.markRead(ROOM);
  await server.connection.close(1006);
  await client.commands.send(ROOM, 'later');
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(50) }));
  const restored = entry(messages(1, 2), { unreadCount: 0, marks: { read: 2, unread: false, delivered: 2 } });
  const answer = { snapshot: true, cursor: cursorAt(50) };
  await server.connection.push(synced(server.connection.last('sync').id, [restored], answer));
  await settle();
  expect(faults.map(({ code }) => code)).toEqual(['head-went-back']);
  const sent = [
    { clientMessageId, content: { text: 'mine' } },
    { clientMessageId: expect.any(String), content: { text: 'later' } },
  ];
  expect(server.connection.all('send')).toMatchObject(sent);
  expect(client.room(ROOM)?.messages.map(({ seq, state }) => [Number(seq), state])).toEqual([
    [1, 'received'],
    [2, 'received'],
    [Number.NaN, 'pending'],
    [Number.NaN, 'pending'],
  ]);
  expect(client.room(ROOM)?.read).toBe(2);
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(3), at: 99 });
  expect(client.room(ROOM)?.latest).toMatchObject({ seq: 3, at: 99, sender: ME });
});

test('events of a room that nobody told of lead to a sync', async () => {
  const { server } = await onlineClient([]);
  const before = server.connection.all('sync').length;
  await server.connection.push(events(messages(1, 1)));
  expect(server.connection.all('sync')).toHaveLength(before + 1);
});

test('a request without an answer on a connection that lives makes the client leave it', async () => {
  const world = await startClient();
  const { server } = world;
  server.connection.open();
  await server.connection.push(welcome());
  const first = server.connection;
  for (let i = 0; i < 8; i++) {
    await server.clock.advance(limits.BEAT_MS);
    await first.push({ kind: 'beat', cursor: cursorAt(1), changed: [], sync: false });
  }
  expect(first.closed).toBe(true);
});

/** Back after a long absence, with a message of its own that was accepted among those that it has not seen. */
async function backAfterLong(): Promise<World> {
  const world = await onlineClient([entry(messages(1, 3))], { gapEventsMax: 30 });
  const { server, client } = world;
  await client.open(ROOM);
  await client.commands.send(ROOM, 'mine');
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(40) }));
  // Less than a new beginning is missing before the entry's events, and more than that up to the last of them.
  const answer = entry(messages(21, 40));
  await server.connection.push(synced(server.connection.last('sync').id, [answer], { cursor: cursorAt(40) }));
  return world;
}
const shownSeqs = ({ client }: World) => client.room(ROOM)?.messages.flatMap(({ seq }) => seq ?? []);

test('[ONCE1] a room that begins anew lets go of own messages from before its new beginning', async () => {
  const world = await backAfterLong();
  const { server, store } = world;
  const { room, clientMessageId } = server.connection.last('send');
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(5), at: 9 });
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ direction: 'older' });
  await server.connection.push(page(asked.id, messages(11, 40), 40));
  expect(shownSeqs(world)).toEqual(messages(11, 40).map(({ seq }) => seq));
  await server.clock.advance(1_000);
  expect((await store.load()).outbox).toEqual([]);
});

test('a page for a new beginning that comes when the room has begun anew takes nothing back', async () => {
  const world = await backAfterLong();
  const { server } = world;
  const asked = server.connection.last('history');
  await server.connection.push({ kind: 'room', entry: entry(messages(41, 60)) });
  expect(shownSeqs(world)).toEqual(messages(41, 60).map(({ seq }) => seq));
  await server.connection.push(page(asked.id, messages(11, 40), 40));
  expect(shownSeqs(world)).toEqual(messages(41, 60).map(({ seq }) => seq));
});
