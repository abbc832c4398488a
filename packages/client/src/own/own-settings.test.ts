import { describe, expect, test } from 'bun:test';
import { limits, QUICK_REPLIES_NAME, roomSettingName } from '@maru/protocol';
import { Disconnected } from '../errors.ts';
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
import { confirm, sets, tell } from '../testing/own-settings.ts';
import { json } from '../testing/scripted-server.ts';
import { settle, VirtualClock } from '../testing/virtual-clock.ts';
import { OwnSettings } from './own-settings.ts';

const NAME = roomSettingName('room', ROOM);
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

  test('leave the list the newest that is not one of them', async () => {
    const { client, server } = await onlineClient();
    await client.settings.hideMessages(ROOM, [at(3), at(2)]);
    expect(client.room(ROOM)?.latest).toBeUndefined();
    await server.clock.advance(0);
    expect(client.room(ROOM)?.latest?.seq).toBe(at(1));
  });

  test('are counted once where they vanish, too', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await client.settings.hideMessages(ROOM, [at(3)]);
    await confirm(world);
    await server.clock.advance(0);
    expect(client.room(ROOM)?.unreadCount).toBe(2);
    const change = { type: 'expired' as const, messages: [{ sender: OTHER, seqs: [at(3)] }] };
    const expired = { kind: 'expired', counts: false, content: undefined, ordinal: 3, change } as const;
    await server.connection.push(events([message(4, expired)]));
    await server.clock.advance(0);
    expect(client.room(ROOM)?.unreadCount).toBe(2);
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

describe('[OWN9] stars and folders', () => {
  test('are set and taken back, whatever another device has done beside them', async () => {
    const world = await onlineClient();
    const { client } = world;
    const stars = roomSettingName('stars', ROOM);
    await client.settings.star(ROOM, at(3));
    await client.settings.star(ROOM, at(1));
    expect(client.room(ROOM)?.stars.map(Number)).toEqual([1, 3]);
    expect(sets(world)).toEqual([[stars, [3]]]);
    await confirm(world);
    await confirm(world);
    await tell(world, stars, [1, 2, 3]);
    await client.settings.star(ROOM, at(1), false);
    expect(sets(world).at(-1)).toEqual([stars, [2, 3]]);
  });

  test('a folder is there while rooms are in it', async () => {
    const world = await onlineClient();
    const { settings } = world.client;
    const other = roomNumber(2);
    await settings.putInFolder(' 가족 ', ROOM);
    await settings.putInFolder('work', other);
    await settings.putInFolder('가족', other);
    expect(settings.folders).toEqual([
      { name: '가족', rooms: [ROOM, other].sort() },
      { name: 'work', rooms: [other] },
    ]);
    const names = () => settings.folders.map(({ name }) => name);
    await settings.orderFolders(['work', '가족']);
    expect(names()).toEqual(['work', '가족']);
    await settings.renameFolder('work', ' office ');
    expect(names()).toEqual(['office', '가족']);
    expect(settings.renameFolder('office', '가족')).rejects.toThrow('no other folder');
    expect(settings.renameFolder('nowhere', 'somewhere')).rejects.toThrow('no other folder');
    await settings.renameFolder('office', 'work');
    await settings.putInFolder('work', other, false);
    expect(settings.folders.map(({ name }) => name)).toEqual(['가족']);
    await settings.removeFolder('가족');
    expect(settings.folders).toEqual([]);
    expect(settings.putInFolder('  ', ROOM)).rejects.toThrow("A folder's name");
    expect(settings.putInFolder('x'.repeat(limits.FOLDER_NAME_CHARS_MAX + 1), ROOM)).rejects.toThrow();
    for (let n = 0; n < limits.FOLDERS_MAX; n++) await settings.putInFolder(`folder ${n}`, ROOM);
    expect(settings.putInFolder('one more', ROOM)).rejects.toThrow('at most');
    expect(settings.folders).toHaveLength(limits.FOLDERS_MAX);
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

test('[OWN9] what was on its way when the session went over to another connection goes again', async () => {
  const asked: unknown[] = [];
  let fail = (_: Error): void => undefined;
  const settings = new OwnSettings(
    {
      clock: new VirtualClock(),
      journal: { add: () => undefined } as never,
      report: () => undefined,
      session: {
        set: (_name, value) => {
          asked.push(value);
          return new Promise((_resolve, reject) => {
            fail = reject;
          });
        },
      },
      ...{ isMember: () => true, changed: () => undefined, hid: () => undefined, needsSync: () => undefined },
    },
    [],
  );
  settings.online();
  settings.change(NAME, { kind: 'room', patch: { archived: 1 } });
  expect(asked).toEqual([{ archived: 1 }]);
  // The new connection is there before the old one's requests are seen to fail.
  settings.online();
  fail(new Disconnected('the session went over to another connection'));
  await settle();
  expect(asked).toEqual([{ archived: 1 }, { archived: 1 }]);
  // Where there is none, it waits for one.
  settings.offline();
  fail(new Disconnected('the connection ended'));
  await settle();
  expect(asked).toHaveLength(2);
});
