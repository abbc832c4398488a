import { describe, expect, test } from 'bun:test';
import { limits, QUICK_REPLIES_NAME, roomSettingName } from '@maru/protocol';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  MY_DEVICE,
  message,
  messages,
  OTHER,
  ROOM,
  roomNumber,
  synced,
  welcome,
} from '../testing/fixtures.ts';
import { onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';
import { DRAFT_WRITE_MS } from './draft-pace.ts';

const NAME = roomSettingName('room', ROOM);
const DRAFT = roomSettingName('draft', ROOM);
const sets = ({ server }: Pick<World, 'server'>) =>
  server.connection.all('set').map(({ name, value }) => [name as string, value]);

async function confirm({ server }: Pick<World, 'server'>): Promise<void> {
  await server.connection.push({ kind: 'ok', id: server.connection.last('set').id });
}

async function tell({ server }: Pick<World, 'server'>, name: string, value: unknown): Promise<void> {
  await server.connection.push({ kind: 'settings', settings: [{ name, value }] });
}

/** Comes back, with these settings in the sync. */
async function comeBack(
  world: Pick<World, 'server'>,
  settings: { name: string; value: unknown }[],
  snapshot = false,
): Promise<void> {
  await reconnect(world);
  const cursor = cursorAt(world.server.connections.length);
  const { connection } = world.server;
  connection.open();
  await connection.push(welcome({ cursor }));
  const { id } = connection.last('sync');
  await connection.push(synced(id, [entry(messages(1, 3))], { cursor, snapshot, settings }));
}

describe('changes', () => {
  test('[OWN9] hold at once, are sent, and the next one follows when the server has the first', async () => {
    const world = await onlineClient();
    const { settings } = world.client;
    await settings.mute(ROOM, { mentions: false });
    expect(world.client.room(ROOM)).toMatchObject({ muted: { until: 'ever', mentions: false } });
    await settings.pin(ROOM);
    await settings.unmute(ROOM);
    expect(world.client.room(ROOM)).toMatchObject({ muted: undefined, pinned: true });
    expect(sets(world)).toEqual([[NAME, { mute: { until: 'ever', mentions: false } }]]);
    await confirm(world);
    expect(sets(world)).toEqual([
      [NAME, { mute: { until: 'ever', mentions: false } }],
      [NAME, { pinned: 0 }],
    ]);
    await confirm(world);
    expect(sets(world)).toHaveLength(2);
    // What holds already is not sent.
    await settings.unmute(ROOM);
    expect(sets(world)).toHaveLength(2);
    await settings.unpin(ROOM);
    expect(sets(world).at(-1)).toEqual([NAME, null]);
  });

  test('[OWN9] made offline outlive a restart, and go with what others changed meanwhile', async () => {
    const world = await onlineClient();
    const { client, store, server } = world;
    await server.connection.close(1006);
    await client.settings.pin(ROOM);
    await client.settings.mute(ROOM);
    await client.settings.unmute(ROOM);
    await client.settings.keepQuickReply('ok', '좋아요');
    const again = await startClient({ store: store.crash() }, server);
    expect(again.client.room(ROOM)).toMatchObject({ pinned: true, muted: undefined });
    expect(again.client.settings.quickReplies).toEqual([{ shortcut: 'ok', text: '좋아요' }]);
    const { connection } = server;
    connection.open();
    await connection.push(welcome({ cursor: cursorAt(9) }));
    expect(sets(again)).toEqual([]);
    const others = [
      { name: NAME, value: { archived: 9, mute: { until: 'ever', mentions: true }, later: 1 } },
      { name: QUICK_REPLIES_NAME, value: [{ shortcut: 'hi', text: '안녕' }] },
    ];
    await connection.push(synced(connection.last('sync').id, [], { cursor: cursorAt(9), settings: others }));
    await confirm(again);
    // The newest of what was said here, over what was said there: pinning brings it out of the archive.
    expect(sets(again)).toEqual([
      [NAME, { later: 1, pinned: 0 }],
      [
        QUICK_REPLIES_NAME,
        [
          { shortcut: 'hi', text: '안녕' },
          { shortcut: 'ok', text: '좋아요' },
        ],
      ],
    ]);
  });

  test('[OWN9] an answer that got lost is no second write', async () => {
    const world = await onlineClient();
    await world.client.settings.pin(ROOM);
    expect(sets(world)).toHaveLength(1);
    await world.server.connection.close(1006);
    await comeBack(world, [{ name: NAME, value: { pinned: 0 } }]);
    expect(sets(world)).toEqual([]);
    await world.server.connection.close(1006);
    await comeBack(world, [{ name: NAME, value: null }]);
    expect(world.client.room(ROOM)?.pinned).toBe(false);
    expect(sets(world)).toEqual([]);
  });

  test('[OWN9] what the server refuses is taken back', async () => {
    const world = await onlineClient();
    await world.client.settings.pin(ROOM);
    const { id } = world.server.connection.last('set');
    const error = { code: 'too-many', message: 'too many', retryable: false } as const;
    await world.server.connection.push({ kind: 'error', id, ...error });
    expect(world.client.room(ROOM)?.pinned).toBe(false);
    expect(world.faults).toMatchObject([{ code: 'request-refused' }]);
    expect(sets(world)).toHaveLength(1);
  });

  test('[OWN9] what waits for a room goes when the server has told of it; of one that was left nothing goes', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    const sending = await client.commands.createGroup('새 방', []);
    await client.settings.pin(sending.room);
    expect(client.room(sending.room)).toMatchObject({ membership: 'creating', pinned: true });
    expect(sets(world)).toEqual([]);
    await server.connection.push({ kind: 'room', entry: entry(messages(1, 1), { room: sending.room }) });
    expect(sets(world)).toEqual([[roomSettingName('room', sending.room), { pinned: 0 }]]);
    await confirm(world);
    const left = entry([], { room: sending.room, membership: 'left', visible: [], unreadCount: 0 });
    await server.connection.push({
      kind: 'room',
      entry: { ...left, head: { seq: at(2), ordinal: 1, at: 9 } },
    });
    await client.settings.mute(sending.room);
    expect(sets(world)).toHaveLength(1);
  });
});

describe('what other devices set', () => {
  test('[OWN3] shows at once, and what this version can not read is passed over', async () => {
    const world = await onlineClient();
    const { client } = world;
    let changes = 0;
    client.subscribe(() => changes++);
    await tell(world, NAME, { mute: { until: 'ever', mentions: true } });
    expect(client.room(ROOM)?.muted).toEqual({ until: 'ever', mentions: true });
    expect(changes).toBeGreaterThan(0);
    await tell(world, 'colour/of-a-later-version', { red: 1 });
    await tell(world, NAME, { mute: 'in another way' });
    expect(client.room(ROOM)?.muted).toBeUndefined();
    await tell(world, QUICK_REPLIES_NAME, [{ shortcut: 'a', text: 'b' }]);
    expect(client.settings.quickReplies).toEqual([{ shortcut: 'a', text: 'b' }]);
  });

  test('[OWN2] a snapshot says what there is, and what it does not name is gone', async () => {
    const world = await onlineClient();
    await tell(world, NAME, { pinned: 1 });
    await tell(world, QUICK_REPLIES_NAME, [{ shortcut: 'a', text: 'b' }]);
    await world.server.connection.close(1006);
    await comeBack(world, [{ name: NAME, value: { archived: 3 } }], true);
    expect(world.client.room(ROOM)).toMatchObject({ pinned: false, archived: true });
    expect(world.client.settings.quickReplies).toEqual([]);
    await world.client[Symbol.asyncDispose]();
    const again = await startClient({ store: world.store });
    expect(again.client.room(ROOM)).toMatchObject({ pinned: false, archived: true });
  });

  test('[OWN9] while this one writes the same, the server is asked which is the newer', async () => {
    const world = await onlineClient();
    await world.client.settings.pin(ROOM);
    await tell(world, NAME, { archived: 9 });
    expect(world.client.room(ROOM)).toMatchObject({ pinned: true });
    const syncs = world.server.connection.all('sync').length;
    await confirm(world);
    expect(world.server.connection.all('sync')).toHaveLength(syncs + 1);
    const newer = [{ name: NAME, value: { archived: 9 } }];
    const { id } = world.server.connection.last('sync');
    await world.server.connection.push(synced(id, [], { settings: newer }));
    expect(world.client.room(ROOM)).toMatchObject({ pinned: false, archived: true });
  });
});

describe('[OWN6] the list', () => {
  test('goes by pins and the archive, and a message brings a room back', async () => {
    const rooms = [1, 2, 3].map((n) =>
      entry([message(1, { at: 1_000 + n }), message(2, { at: 2_000 + n })], { room: roomNumber(n) }),
    );
    const world = await onlineClient(rooms);
    const { client, server } = world;
    const [one, two, three] = [roomNumber(1), roomNumber(2), roomNumber(3)];
    const list = () => client.rooms.map(({ room }) => room);
    expect(list()).toEqual([three, two, one]);
    await client.settings.pin(one);
    await client.settings.archive(three);
    expect(list()).toEqual([one, two, three]);
    await client.settings.pin(two, one);
    expect(list()).toEqual([two, one, three]);
    await client.settings.pin(three, one);
    expect(list()).toEqual([two, three, one]);
    await client.settings.archive(three);
    expect(client.room(three)?.archived).toBe(true);
    await client.settings.mute(three);
    await server.connection.push(events([message(3)], three));
    expect(client.room(three)?.archived).toBe(true);
    await client.settings.unmute(three);
    expect(client.room(three)?.archived).toBe(false);
    expect(client.rooms.find(({ room }) => room === three)?.archived).toBe(false);
  });

  test('what was said before the room was archived does not bring it back', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await client.commands.send(ROOM, 'bye');
    await client.settings.archive(ROOM);
    const { clientMessageId } = server.connection.last('send');
    const mine = message(4, { sender: ME, device: MY_DEVICE, clientMessageId });
    await server.connection.push(events([mine]));
    expect(client.room(ROOM)).toMatchObject({ archived: true, latest: { seq: 4 } });
    await server.connection.push(events([message(5)]));
    expect(client.room(ROOM)?.archived).toBe(false);
  });

  test('a mute ends by itself', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await client.settings.mute(ROOM, { until: server.clock.now() + 8 * 3_600_000 });
    await client.settings.archive(ROOM);
    await server.connection.push(events([message(4)]));
    expect(client.room(ROOM)).toMatchObject({ archived: true, muted: { mentions: true } });
    let changes = 0;
    client.subscribe(() => changes++);
    await server.clock.advance(8 * 3_600_000 + 1);
    expect(changes).toBeGreaterThan(0);
    expect(client.room(ROOM)).toMatchObject({ archived: false, muted: undefined });
  });
});

describe('[OWN10] drafts', () => {
  test('are kept at once, and written to the server every few seconds and on leaving', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    for (const text of ['ㅇ', '아', '안']) client.settings.setDraft(ROOM, { text });
    expect(client.rooms[0]?.draft).toEqual({ text: '안' });
    expect(sets(world)).toEqual([]);
    await server.clock.advance(DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([[DRAFT, { text: '안' }]]);
    await confirm(world);
    client.settings.setDraft(ROOM, { text: '안녕', replyTo: at(2) });
    await settle();
    client.settings.flushDraft(ROOM);
    expect(sets(world).slice(1)).toEqual([[DRAFT, { text: '안녕', replyTo: 2 }]]);
    await confirm(world);
    client.settings.setDraft(ROOM, { text: '' });
    expect(client.room(ROOM)?.draft).toBeUndefined();
    expect(sets(world).at(-1)).toEqual([DRAFT, null]);
  });

  test('that come and go between two writes are never written', async () => {
    const world = await onlineClient();
    world.client.settings.setDraft(ROOM, { text: 'x' });
    world.client.settings.setDraft(ROOM, undefined);
    await world.server.clock.advance(2 * DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([]);
  });

  test('are cleared by what is sent, in one write of the store', async () => {
    const world = await onlineClient();
    const { client, store } = world;
    client.settings.setDraft(ROOM, { text: '안녕' });
    client.settings.flushDraft(ROOM);
    await confirm(world);
    await client.commands.send(ROOM, 'not this', { keepsDraft: true });
    expect(client.room(ROOM)?.draft).toEqual({ text: '안녕' });
    const written: string[][] = [];
    const apply = store.apply.bind(store);
    store.apply = (changes) => {
      written.push(changes.map(({ kind }) => kind));
      return apply(changes);
    };
    await client.commands.send(ROOM, '안녕');
    expect(client.room(ROOM)?.draft).toBeUndefined();
    expect(written.find((kinds) => kinds.includes('outbox'))).toContain('own');
    expect(sets(world).at(-1)).toEqual([DRAFT, null]);
  });

  test('of an edit are cleared by that edit alone', async () => {
    const world = await onlineClient();
    const { client } = world;
    const draft = { text: 'anew', editOf: at(2) };
    client.settings.setDraft(ROOM, draft);
    await client.commands.send(ROOM, 'something else');
    await client.commands.edit(ROOM, at(1), 'another');
    expect(client.room(ROOM)?.draft).toEqual(draft);
    await client.commands.edit(ROOM, at(2), 'anew');
    expect(client.room(ROOM)?.draft).toBeUndefined();
  });

  test('of another device show, but not over what is being written here', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await tell(world, DRAFT, { text: 'from the phone' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'from the phone' });
    client.settings.setDraft(ROOM, { text: 'from here' });
    await tell(world, DRAFT, { text: 'from the phone again' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'from here' });
    await server.clock.advance(DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([[DRAFT, { text: 'from here' }]]);
    await confirm(world);
    await tell(world, DRAFT, { text: 'the newest' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'the newest' });
  });

  test('[OWN8] have the length of a message at most', async () => {
    const { client } = await onlineClient();
    const longest = { text: '말'.repeat(limits.MESSAGE_CHARS_MAX) };
    client.settings.setDraft(ROOM, longest);
    expect(() => client.settings.setDraft(ROOM, { text: `${longest.text}!` })).toThrow('too long');
    expect(client.room(ROOM)?.draft).toEqual(longest);
  });
});

describe('[OWN7] messages that the user deleted for themselves', () => {
  const lines = ({ client }: World) => client.room(ROOM)?.messages.map(({ seq }) => Number(seq));

  test('are in no timeline, no list and no count', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await client.open(ROOM);
    await client.settings.hideMessages(ROOM, [at(3), at(1)]);
    expect(lines(world)).toEqual([2]);
    await server.clock.advance(0);
    expect(client.room(ROOM)).toMatchObject({ unreadCount: 1, latest: { seq: 2 } });
    expect(sets(world)).toEqual([
      [
        roomSettingName('hidden', ROOM),
        [
          [1, 1],
          [3, 3],
        ],
      ],
    ]);
    await confirm(world);
    const gone = { kind: 'deletion', sender: OTHER, counts: false, content: undefined, refersTo: at(3) };
    await server.connection.push(events([message(4, { ...gone, ordinal: 3 }), message(5, { ordinal: 4 })]));
    await server.clock.advance(0);
    expect(client.room(ROOM)).toMatchObject({ unreadCount: 2, latest: { seq: 5 } });
    expect(lines(world)).not.toContain(3);
  });

  test('on another device go here, too, whichever comes first', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await client.open(ROOM);
    const spans = [
      [2, 2],
      [4, 4],
    ];
    await tell(world, roomSettingName('hidden', ROOM), spans);
    await server.clock.advance(0);
    expect(client.room(ROOM)?.unreadCount).toBe(2);
    await server.connection.push(events(messages(4, 5)));
    await server.clock.advance(0);
    expect(lines(world)).toEqual([1, 3, 5]);
    expect(client.room(ROOM)?.unreadCount).toBe(3);
  });

  test('where they are not here to be counted, the server says how many are left', async () => {
    const head = { seq: at(60), ordinal: 60, at: 9 };
    const world = await onlineClient([entry(messages(51, 60), { head, unreadCount: 60 })]);
    const { client, server } = world;
    const answer = entry([], { head, unreadCount: 40 });
    server.http = ({ url }) => (url.endsWith(`/v1/rooms/${ROOM}`) ? json(200, answer) : undefined);
    await tell(world, roomSettingName('hidden', ROOM), [[1, 20]]);
    await server.clock.advance(0);
    expect(client.room(ROOM)?.unreadCount).toBe(40);
  });
});

test('[OWN5] signing out erases what was kept', async () => {
  const world = await onlineClient();
  world.server.http = ({ url }) =>
    url.endsWith('/v1/sessions/current') ? { status: 204, body: new Uint8Array() } : undefined;
  await world.client.settings.pin(ROOM);
  await world.client.signOut();
  expect((await world.store.load()).own).toEqual([]);
});
