import { expect, test } from 'bun:test';
import type { RoomEntry } from '@maru/protocol';
import { at, entry, events, message, messages, ROOM, roomNumber } from './testing/fixtures.ts';
import { goOnline, onlineClient, startClient } from './testing/online-client.ts';
import { json } from './testing/scripted-server.ts';

const CHANNEL = roomNumber(7);
const OWNER = messages(1, 1)[0]?.sender as RoomEntry['creator'];
const channelEntry = (head: number, more: Partial<RoomEntry> = {}) =>
  entry([], {
    ...{ room: CHANNEL, roomKind: 'channel', name: 'News', memberCount: 70_000, creator: OWNER },
    head: { seq: at(head), ordinal: head, at: 1 },
    facts: { owner: OWNER, public: true, rights: { send: 'administrators' } },
    ...more,
  });

test('[CHANNEL3] who joins without a server is in as soon as there is one', async () => {
  const world = await startClient();
  const { client, server, store } = world;
  await client.commands.joinChannel(CHANNEL);
  expect((await store.load()).outbox).toHaveLength(1);
  await goOnline(world);
  const { connection } = server;
  const { clientMessageId, ...asked } = connection.last('join');
  expect(asked).toEqual({ kind: 'join', room: CHANNEL });
  await connection.push({ kind: 'room', entry: channelEntry(40) });
  await connection.push({ kind: 'accepted', room: CHANNEL, clientMessageId, seq: at(40), at: 1 });
  expect(client.room(CHANNEL)).toMatchObject({
    roomKind: 'channel',
    memberCount: 70_000,
    membership: 'member',
  });
  // No event of its own will come.
  await server.clock.advance(1_000);
  expect((await store.load()).outbox).toEqual([]);
});

test('[CHANNEL1] a reader is told that they may not post, and an entry tells who came and went', async () => {
  const { client, server } = await onlineClient([channelEntry(3)]);
  expect(client.room(CHANNEL)).toMatchObject({
    role: 'member',
    can: { send: false, pin: true, rename: false },
  });
  expect(client.rooms.map(({ room }) => room)).toEqual([CHANNEL]);
  await server.connection.push({ kind: 'room', entry: channelEntry(3, { memberCount: 70_009 }) });
  expect(client.room(CHANNEL)?.memberCount).toBe(70_009);
});

test('[CHANNEL3] no event brings how many there are; who wants to know has it told anew', async () => {
  const { client, server } = await onlineClient([channelEntry(3)]);
  server.http = ({ url }) =>
    url.endsWith(`/v1/rooms/${CHANNEL}`) ? json(200, channelEntry(4, { memberCount: 69_999 })) : undefined;
  await server.connection.push(events([message(4, { ordinal: 4 })], CHANNEL));
  expect(client.room(CHANNEL)?.memberCount).toBe(70_000);
  client.refresh(CHANNEL);
  await server.clock.advance(0);
  expect(client.room(CHANNEL)?.memberCount).toBe(69_999);
});

test('[CHANNEL6] what is posted is shown and counts as unread, like in any room', async () => {
  const marks = { read: 3, unread: false, delivered: 3 };
  const { client, server } = await onlineClient([channelEntry(3, { marks, events: messages(1, 3) })]);
  await server.connection.push(events([message(4, { ordinal: 4 })], CHANNEL));
  expect(client.room(CHANNEL)).toMatchObject({ unreadCount: 1 });
});

test('a channel that is being made is there at once, with what it will be', async () => {
  const { client, server } = await onlineClient([entry(messages(1, 1))]);
  const { room } = await client.commands.createChannel('News', { description: 'of the house', public: true });
  expect(client.room(room)).toMatchObject({
    ...{ roomKind: 'channel', name: 'News', membership: 'creating', memberCount: 1, role: 'owner' },
    facts: { public: true, description: 'of the house' },
  });
  expect(server.connection.last('create')).toMatchObject({
    ...{ roomKind: 'channel', name: 'News', description: 'of the house', public: true },
  });
  expect(client.room(ROOM)?.roomKind).toBe('group');
});
