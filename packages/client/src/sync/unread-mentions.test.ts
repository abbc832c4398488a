import { expect, test } from 'bun:test';
import type { Event } from '@maru/protocol';
import { limits } from '@maru/protocol';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  message,
  messages,
  OTHER,
  ROOM,
  THIRD,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { DIRECT, direct, type Relating, relating, take } from '../testing/pairs.ts';
import { json } from '../testing/scripted-server.ts';

const named = ({ client }: Pick<World, 'client'>) => client.room(ROOM)?.unreadMentions;
const count = ({ client }: Pick<World, 'client'>) => client.rooms[0]?.mentionCount;
const edit = (seq: number, refersTo: number, more: Partial<Event> = {}) =>
  message(seq, { kind: 'edit', counts: false, ordinal: 3, refersTo: at(refersTo), ...more });

test('[TEXT5] messages that name the user are counted as they come, and are read with the rest', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  expect(count(world)).toBe(0);
  await server.connection.push(
    events([
      message(4, { mentions: [THIRD] }),
      message(5, { mentions: [ME, THIRD] }),
      message(6, { mentionsAll: true }),
      message(7, { mentions: [ME], sender: ME }),
      message(8, { mentionsAll: true, sender: ME }),
    ]),
  );
  expect(named(world)).toEqual([5, 6]);
  expect(count(world)).toBe(2);
  client.markRead(ROOM, at(5));
  expect(named(world)).toEqual([6]);
  client.markRead(ROOM);
  expect(named(world)).toEqual([]);
});

test('[TEXT5] an edit names others in its message, a deletion nobody; what is read does not come back', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  await server.connection.push(events([edit(4, 2, { mentions: [ME] }), edit(5, 3, { mentionsAll: true })]));
  expect(named(world)).toEqual([2, 3]);
  await server.connection.push(events([edit(6, 2)]));
  expect(named(world)).toEqual([3]);
  await server.connection.push(
    events([message(7, { kind: 'deletion', counts: false, ordinal: 3, refersTo: at(3) })]),
  );
  expect(named(world)).toEqual([]);
  client.markRead(ROOM, at(2));
  await server.connection.push(events([edit(8, 1, { mentions: [ME] })]));
  expect(named(world)).toEqual([]);
});

test('[TEXT5] of what the device does not hold the server says it, and reading elsewhere counts', async () => {
  const newest = messages(501, 503);
  const world = await onlineClient([entry(newest, { unreadMentions: [at(17), at(400), at(502)] })]);
  const { server, store, client } = world;
  expect(named(world)).toEqual([17, 400, 502]);
  await server.connection.push(events([message(504, { mentions: [ME] })]));
  expect(named(world)).toEqual([17, 400, 502, 504]);
  await server.connection.push({ kind: 'marks', room: ROOM, read: 400, unread: false, unreadCount: 104 });
  expect(named(world)).toEqual([502, 504]);
  // It is kept with the room.
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store });
  expect(named(again)).toEqual([502, 504]);
  await goOnline(again, [], cursorAt(10));
  expect(named(again)).toEqual([502, 504]);
});

test('[TEXT5] an entry that is older than what came live takes nothing away', async () => {
  const world = await onlineClient();
  await world.server.connection.push(events([message(4, { mentions: [ME] })]));
  await world.server.connection.push({ kind: 'room', entry: entry(messages(1, 3)) });
  expect(named(world)).toEqual([4]);
  await world.server.connection.push({
    kind: 'room',
    entry: entry(messages(1, 5), { unreadMentions: [at(5)] }),
  });
  expect(named(world)).toEqual([5]);
});

test('[TEXT5][TIME2][OWN7] what has expired, or the user deleted for themselves, names nobody', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const more = { mentions: [ME], sender: OTHER };
  await server.connection.push(events([4, 5, 6].map((seq) => message(seq, more))));
  expect(named(world)).toEqual([4, 5, 6]);
  const change = { type: 'expired' as const, messages: [{ sender: OTHER, seqs: [at(5)] }] };
  const expired = message(7, { kind: 'expired', counts: false, ordinal: 6, content: undefined, change });
  await server.connection.push(events([expired]));
  expect(named(world)).toEqual([4, 6]);
  await client.settings.hideMessages(ROOM, [at(4)]);
  expect(named(world)).toEqual([6]);
  expect(count(world)).toBe(1);
});

test('[TEXT5] a hundred stand for more', async () => {
  const world = await onlineClient();
  const many = Array.from({ length: limits.UNREAD_MENTIONS_MAX + 20 }, (_, index) =>
    message(index + 4, { mentions: [ME], sender: OTHER }),
  );
  await world.server.connection.push(events(many));
  expect(count(world)).toBe(limits.UNREAD_MENTIONS_MAX);
});

test('[TEXT2] everybody is named by the envelope, and by who may: else nothing is kept', async () => {
  const all = { type: 'mention-all', offset: 0, length: 4 } as const;
  const big = limits.MENTION_ALL_MEMBERS_MAX + 1;
  const small = await onlineClient();
  await small.client.commands.send(ROOM, '@all', { entities: [all] });
  expect(small.server.connection.last('send')).toMatchObject({ mentionsAll: true });
  const { client } = await onlineClient([entry(messages(1, 3), { memberCount: big, creator: OTHER })]);
  expect(client.room(ROOM)?.can['mention-all']).toBe(false);
  await expect(client.commands.send(ROOM, '@all', { entities: [all] })).rejects.toMatchObject({
    code: 'forbidden',
    body: { field: 'mention-all' },
  });
  const own = await onlineClient([entry(messages(1, 3), { memberCount: big, creator: ME })]);
  expect(own.client.room(ROOM)?.can['mention-all']).toBe(true);
  const facts = { rights: { 'mention-all': 'everyone' } } as const;
  const open = await onlineClient([entry(messages(1, 3), { memberCount: big, creator: OTHER, facts })]);
  await open.client.commands.send(ROOM, '@all', { entities: [all] });
  expect(open.server.connection.last('send')).toMatchObject({ mentionsAll: true });
});

test('[TEXT5] whether a message names the user is what it says now', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  await client.open(ROOM);
  const mention = { type: 'mention', offset: 0, length: 3, user: ME } as const;
  await server.connection.push(
    events([
      message(4, { mentions: [ME] }),
      edit(5, 2, { mentions: [ME], content: { type: 'text', text: '@me', entities: [mention] } }),
      edit(6, 4, { content: { type: 'text', text: 'nobody' } }),
    ]),
  );
  const byPlace = client.room(ROOM)?.messages.map(({ seq, mentionsMe }) => [seq as number, mentionsMe]);
  expect(byPlace).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ]);
});

test('[TEXT5][REL14] whom the user blocks names them no more, and again when the block ends', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  await server.connection.push(
    events([message(4, { mentions: [ME], sender: OTHER }), message(5, { mentions: [ME], sender: THIRD })]),
  );
  expect(named(world)).toEqual([4, 5]);
  await server.connection.close(1006);
  await client.commands.block(OTHER);
  await client.until(() => client.room(ROOM)?.mentionCount === 1);
  expect(named(world)).toEqual([5]);
  await reconnect(world);
  await goOnline(world, [], cursorAt(10));
  await server.connection.push(events([message(6, { mentionsAll: true, sender: OTHER }), message(7)]));
  expect(named(world)).toEqual([5]);
  await client.commands.unblock(OTHER);
  await client.until(() => client.room(ROOM)?.mentionCount === 3);
  expect(named(world)).toEqual([4, 5, 6]);
});

test('[TEXT5][REL14] what was counted in the room of the two during a block is counted anew when it ends', async () => {
  const [one, two, three] = [message(1), message(2), message(3, { mentionsAll: true, sender: OTHER })];
  const { client, server } = await onlineClient([
    direct([one, two, three], { state: 'contact', seq: 1 }, { unreadMentions: [at(3)] }),
  ]);
  await server.connection.close(1006);
  await client.commands.block(OTHER);
  client.markRead(DIRECT, at(1));
  await client.until(() => client.room(DIRECT)?.mentionCount === 0);
  await client.commands.unblock(OTHER);
  await client.until(() => client.room(DIRECT)?.mentionCount === 1);
  expect(client.room(DIRECT)?.unreadMentions).toEqual([3]);
});

test('[TEXT5][REL14] what the device cannot count after a block it asks for, once the server has the block', async () => {
  const newest = messages(501, 503);
  const world = await onlineClient([entry(newest, { unreadMentions: [at(17), at(502)] })]);
  const { client, server } = world;
  const asked: string[] = [];
  server.http = ({ url }) => {
    asked.push(url);
    return json(200, entry(newest, { unreadMentions: [at(502)] }));
  };
  await client.commands.block(OTHER);
  expect(asked).toEqual([]);
  await server.connection.push(take(relating(world)[0] as Relating, 1));
  await client.until(() => client.room(ROOM)?.mentionCount === 1);
  expect(named(world)).toEqual([502]);
  expect(asked.filter((url) => url.endsWith(`/v1/rooms/${ROOM}`))).toHaveLength(1);
});
