import { expect, test } from 'bun:test';
import { type DownFrame, limits, refusal } from '@maru/protocol';
import {
  at,
  entry,
  events,
  ME,
  MY_DEVICE,
  message,
  messages,
  OTHER,
  ROOM,
  roomNumber,
  THIRD,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';

const OTHER_ROOM = roomNumber(2);

test('[SOFT2] delivered marks are told together, a few times a second, after they are stored', async () => {
  const rooms = [entry(messages(1, 3)), entry(messages(1, 1), { room: roomNumber(2) })];
  const { server, store } = await onlineClient(rooms);
  expect(server.connection.all('delivered')).toEqual([]);
  await server.clock.advance(250);
  const [first] = server.connection.all('delivered');
  expect(first?.marks.map(([room, seq]) => [room, Number(seq)])).toEqual([
    [ROOM, 3],
    [roomNumber(2), 1],
  ]);
  expect(await store.events(ROOM, 3, 3)).toHaveLength(1);
  for (let seq = 4; seq < 40; seq++) await server.connection.push(events([message(seq)]));
  await server.clock.advance(250);
  expect(server.connection.all('delivered')).toHaveLength(2);
  expect(server.connection.last('delivered').marks).toEqual([[ROOM, at(39)]]);
  await server.clock.advance(1_000);
  expect(server.connection.all('delivered')).toHaveLength(2);
});

test('[SOFT2] a delivered mark that may have been refused for its rate is told again, once', async () => {
  const { server } = await onlineClient([entry(messages(1, 3))]);
  await server.clock.advance(250);
  const limited = {
    kind: 'error',
    ...refusal('rate-limited', 'Too much at once.', { retryAfterMs: 700 }),
  } as const;
  await server.connection.push(limited, limited);
  await server.clock.advance(699);
  expect(server.connection.all('delivered')).toHaveLength(1);
  await server.clock.advance(1);
  const [first, second] = server.connection.all('delivered');
  expect(second).toEqual(first as NonNullable<typeof first>);
  await server.clock.advance(5_000);
  // It was taken: what is refused by now is something else.
  await server.connection.push(limited);
  await server.clock.advance(5_000);
  expect(server.connection.all('delivered')).toHaveLength(2);
});

test('[LIMIT6] what was refused without a name is reported, unless for its rate', async () => {
  const { server, faults } = await onlineClient([entry(messages(1, 3))]);
  await server.connection.push({ kind: 'error', ...refusal('rate-limited', 'Too much at once.') });
  expect(faults).toEqual([]);
  await server.connection.push({ kind: 'error', ...refusal('internal', 'A mark got lost.') });
  expect(faults).toMatchObject([{ code: 'request-refused', message: 'A mark got lost.' }]);
});

test('[SOFT2] delivered marks give way where more is refused than they can help', async () => {
  const { server } = await onlineClient([entry(messages(1, 3))]);
  await server.clock.advance(250);
  const limited = { kind: 'error', ...refusal('rate-limited', 'Too much at once.') } as const;
  for (let i = 0; i < 20; i++) {
    await server.connection.push(limited);
    await server.clock.advance(250);
  }
  expect(server.connection.all('delivered')).toHaveLength(4);
  await server.connection.push(events([message(4)]));
  await server.clock.advance(250);
  expect(server.connection.last('delivered').marks).toEqual([[ROOM, at(4)]]);
});

test('[SOFT2] own messages, and what another device has stored, need no delivered mark', async () => {
  const marks = { read: 0, unread: false, delivered: 3 };
  const { server } = await onlineClient([entry(messages(1, 3), { marks })]);
  await server.connection.push(events([message(4, { sender: ME, device: MY_DEVICE })]));
  await server.clock.advance(1_000);
  expect(server.connection.all('delivered')).toEqual([]);
});

test('[SOFT2] own messages go from sent to delivered to read as the others get them', async () => {
  const own = { sender: ME, device: MY_DEVICE };
  const list = [message(1), message(2, own), message(3, own)];
  const { server, client } = await onlineClient([entry(list, { memberCount: 3 })]);
  await client.open(ROOM);
  const states = () => client.room(ROOM)?.messages.map(({ state }) => state);
  const tell = (user: typeof OTHER, delivered: number, read: number) =>
    server.connection.push({ kind: 'receipts', room: ROOM, marks: [{ user, delivered, read }] });
  expect(states()).toEqual(['received', 'sent', 'sent']);
  await tell(OTHER, 3, 2);
  expect(states()).toEqual(['received', 'sent', 'sent']);
  expect(client.room(ROOM)?.messages[1]?.receipts).toEqual({ delivered: 1, read: 1 });
  await tell(THIRD, 2, 0);
  expect(states()).toEqual(['received', 'delivered', 'sent']);
  await tell(THIRD, 3, 3);
  await tell(OTHER, 1, 1);
  expect(states()).toEqual(['received', 'read', 'delivered']);
});

test('[SOFT2] what all others have read stays read, whoever comes in later, goes, or is not told of', async () => {
  const own = { sender: ME, device: MY_DEVICE };
  const { server, client } = await onlineClient([entry([message(1), message(2, own)])]);
  await client.open(ROOM);
  const mine = () => client.room(ROOM)?.messages.find(({ seq }) => seq === 2);
  await server.connection.push({
    kind: 'receipts',
    room: ROOM,
    marks: [{ user: OTHER, delivered: at(2), read: at(2) }],
  });
  expect(mine()).toMatchObject({ state: 'read', receipts: { read: 1 } });
  const change = { type: 'joined' as const, users: [THIRD] };
  await server.connection.push(events([message(3, { kind: 'joined', change, counts: false })]));
  expect(mine()).toMatchObject({ state: 'read', receipts: { read: 2 }, unreadBy: 0 });
  const marks = [{ user: OTHER, delivered: at(3), read: at(3) }];
  const again = entry([message(4, own)], { memberCount: 3, receipts: marks });
  await server.connection.push({ kind: 'room', entry: again });
  expect(mine()?.state).toBe('read');
  expect(client.room(ROOM)?.messages.at(-1)?.state).toBe('sent');
  for (const [seq, user] of [
    [5, OTHER],
    [6, THIRD],
  ] as const) {
    const left = { kind: 'left', sender: user, change: { type: 'left' }, counts: false } as const;
    await server.connection.push(events([message(seq, left)]));
  }
  expect(client.room(ROOM)?.memberCount).toBe(1);
  expect(mine()?.state).toBe('read');
  // Nobody is known to be there: what somebody read is not what all have read.
  const news = { roomKind: 'channel' as const, memberCount: 1, receipts: marks };
  await server.connection.push({
    kind: 'room',
    entry: entry([message(1, own)], { room: OTHER_ROOM, ...news }),
  });
  await client.open(OTHER_ROOM);
  expect(client.room(OTHER_ROOM)?.messages[0]?.state).toBe('sent');
});

test('[SOFT2] who reads on after an own message is not one of those who have read it', async () => {
  const own = message(2, { sender: ME, device: MY_DEVICE });
  const { server, client } = await onlineClient([
    entry([message(1), own, message(3, { sender: OTHER })], { memberCount: 3 }),
  ]);
  await client.open(ROOM);
  const marks = [
    { user: ME, delivered: at(3), read: at(3) },
    { user: OTHER, delivered: at(3), read: at(3) },
  ];
  await server.connection.push({ kind: 'receipts', room: ROOM, marks });
  const shown = client.room(ROOM)?.messages.find(({ seq }) => seq === 2);
  expect([shown?.state, shown?.receipts]).toEqual(['sent', { delivered: 1, read: 1 }]);
});

test('in a group each message says by how many it was not read, its sender aside', async () => {
  const own = { sender: ME, device: MY_DEVICE };
  const { server, client } = await onlineClient([entry([message(1), message(2, own)], { memberCount: 4 })]);
  await client.open(ROOM);
  const unread = () => client.room(ROOM)?.messages.map(({ unreadBy }) => unreadBy);
  expect(unread()).toEqual([3, 3]);
  client.markRead(ROOM);
  expect(unread()).toEqual([2, 3]);
  // Who wrote the first one has read it, which says nothing of the others.
  const tell = (user: typeof OTHER, read: number) =>
    server.connection.push({ kind: 'receipts', room: ROOM, marks: [{ user, delivered: read, read }] });
  await tell(OTHER, 1);
  expect(unread()).toEqual([2, 3]);
  await tell(THIRD, 2);
  expect(unread()).toEqual([1, 2]);
});

test.each([
  ['a group whose marks are not told', { memberCount: 51 }],
  ['a direct room', { roomKind: 'direct', peer: OTHER } as const],
])('in %s no message says it', async (_which, more) => {
  const { client } = await onlineClient([entry([message(1)], more)]);
  await client.open(ROOM);
  expect(client.room(ROOM)?.messages[0]?.unreadBy).toBeUndefined();
});

test('[SOFT3] in a big room the counts come by number', async () => {
  const list = [message(1, { sender: ME, device: MY_DEVICE })];
  const { server, client } = await onlineClient([entry(list, { memberCount: 101 })]);
  await client.open(ROOM);
  await server.connection.push({
    kind: 'receipt-counts',
    room: ROOM,
    counts: [{ seq: at(1), delivered: 100, read: 40 }],
  });
  expect(client.room(ROOM)?.messages[0]).toMatchObject({
    state: 'delivered',
    receipts: { delivered: 100, read: 40 },
  });
});

test('[SOFT7] a typing notice holds as long as it holds, and ends with the message', async () => {
  const { server, client } = await onlineClient();
  await server.connection.push({ kind: 'typing', room: ROOM, user: OTHER });
  await server.clock.advance(limits.TYPING_MS / 2);
  await server.connection.push(
    { kind: 'typing', room: ROOM, user: THIRD },
    { kind: 'typing', room: ROOM, user: ME },
  );
  expect(client.room(ROOM)?.typing).toEqual([OTHER, THIRD]);
  await server.clock.advance(limits.TYPING_MS / 2);
  expect(client.room(ROOM)?.typing).toEqual([THIRD]);
  await server.connection.push(events([message(4, { sender: THIRD })]));
  expect(client.room(ROOM)?.typing).toEqual([]);
});

test('[SOFT7] the own notice is repeated every half of its time, however fast somebody writes', async () => {
  const { server, client } = await onlineClient();
  const said = () => server.connection.all('typing').length;
  for (let i = 0; i < 10; i++) {
    client.typing(ROOM);
    await server.clock.advance(limits.TYPING_MS / 10);
  }
  expect(said()).toBe(2);
});

test('[SOFT7] what is written right behind a message is told of at once', async () => {
  const { server, client } = await onlineClient();
  const said = () => server.connection.all('typing').length;
  client.typing(ROOM);
  client.typing(ROOM);
  expect(said()).toBe(1);
  await client.commands.send(ROOM, 'done');
  client.typing(ROOM);
  expect(said()).toBe(2);
});

test('[SOFT5] presence is told of the rooms that are looked at, live and after a reconnect', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  const looking = client.look([ROOM]);
  const seen = (id: number): DownFrame => {
    const users = [{ user: OTHER, state: 'active' as const }];
    return { kind: 'seen', id, rooms: [{ room: ROOM, present: 1, users, live: true }] };
  };
  await server.connection.push(seen(server.connection.last('look').id));
  await looking;
  expect(client.room(ROOM)?.presence).toMatchObject({
    present: 1,
    users: [{ user: OTHER, state: 'active' }],
  });
  await server.connection.push({
    kind: 'presence',
    users: [{ user: OTHER, state: 'offline', lastActive: 7 }],
  });
  expect(client.room(ROOM)?.presence).toMatchObject({
    present: 0,
    users: [{ state: 'offline', lastActive: 7 }],
  });
  await server.connection.close(1006);
  // Whether they are there nobody knows without a connection.
  expect(client.room(ROOM)?.presence).toBeUndefined();
  await reconnect(world);
  await goOnline(world);
  await server.connection.push(seen(server.connection.last('look').id));
  expect(client.room(ROOM)?.presence?.present).toBe(1);
  const away = client.look([]);
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms: [] });
  await away;
  expect(client.room(ROOM)?.presence).toBeUndefined();
});

test('[SOFT5] of two looks the later one holds, whichever comes last to the server', async () => {
  const { server, client } = await onlineClient();
  const first = client.look([ROOM]);
  const { id } = server.connection.last('look');
  const limited = refusal('rate-limited', 'Too much at once.', { retryAfterMs: 100 });
  await server.connection.push({ kind: 'error', id, ...limited });
  const second = client.look([]);
  const seen = (rooms: Extract<DownFrame, { kind: 'seen' }>['rooms']) =>
    server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await seen([]);
  await second;
  await server.clock.advance(5_000);
  expect(server.connection.last('look').rooms).toEqual([ROOM]);
  await seen([{ room: ROOM, present: 1, users: [{ user: OTHER, state: 'active' }], live: true }]);
  expect(server.connection.last('look').rooms).toEqual([]);
  await seen([]);
  await first;
  expect(client.room(ROOM)?.presence).toBeUndefined();
});

test('[SOFT5] who comes while one looks is seen where the members are known', async () => {
  const { server, client } = await onlineClient();
  const member = (user: typeof OTHER, name: string) => ({
    user,
    handle: name,
    name,
    joinedSeq: 1,
    role: 'member',
  });
  server.http = ({ url }) =>
    url.endsWith('/members') ? json(200, { members: [member(ME, 'me'), member(THIRD, 'third')] }) : undefined;
  await client.loadMembers(ROOM);
  const looking = client.look([ROOM]);
  const rooms = [{ room: ROOM, present: 0, users: [], live: true }];
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await looking;
  await server.connection.push({
    kind: 'presence',
    users: [
      { user: THIRD, state: 'active' },
      { user: OTHER, state: 'active' },
    ],
  });
  expect(client.room(ROOM)?.presence).toMatchObject({ present: 1, users: [{ user: THIRD }] });
});

test('[SOFT5] the other one of a direct room is seen to come, also where they were never seen before', async () => {
  const { server, client } = await onlineClient([entry(messages(1, 3), { roomKind: 'direct', peer: OTHER })]);
  const looking = client.look([ROOM]);
  const rooms = [{ room: ROOM, present: 0, users: [], live: true }];
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await looking;
  const users = [OTHER, THIRD].map((user) => ({ user, state: 'active' as const }));
  await server.connection.push({ kind: 'presence', users });
  expect(client.room(ROOM)?.presence).toMatchObject({ present: 1, users: [{ user: OTHER }] });
  // Who hides it by now is not named when one looks again.
  const again = client.look([ROOM]);
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await again;
  expect(client.room(ROOM)?.presence).toMatchObject({ present: 0, users: [] });
});

test('[SOFT5] who reads a channel is in its number once, though they are known from another room', async () => {
  const peer = { room: OTHER_ROOM, roomKind: 'direct' as const, peer: OTHER };
  const channel = entry(messages(1, 3), { roomKind: 'channel', memberCount: 1 });
  const { server, client } = await onlineClient([channel, entry(messages(1, 3), peer)]);
  const me = { user: ME, handle: 'me', name: 'me', joinedSeq: 1, role: 'owner' };
  server.http = ({ url }) => (url.includes('/members') ? json(200, { members: [me] }) : undefined);
  const looking = client.look([ROOM, OTHER_ROOM]);
  const rooms = [
    { room: ROOM, present: 1, users: [], live: false },
    { room: OTHER_ROOM, present: 1, users: [{ user: ME, state: 'active' as const }], live: true },
  ];
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await looking;
  await client.loadMembers(ROOM);
  expect(client.room(ROOM)?.members?.has(ME)).toBe(true);
  expect(client.room(ROOM)?.presence).toEqual({ present: 1, users: [], live: false });
});

test('[SOFT5] who went out of a group is no longer one of those who are there', async () => {
  const { server, client } = await onlineClient([entry(messages(1, 3), { memberCount: 3 })]);
  const looking = client.look([ROOM]);
  const users = [ME, OTHER, THIRD].map((user) => ({ user, state: 'active' as const }));
  const rooms = [{ room: ROOM, present: 3, users, live: true }];
  await server.connection.push({ kind: 'seen', id: server.connection.last('look').id, rooms });
  await looking;
  const removed = { kind: 'removed', change: { type: 'removed', user: THIRD }, counts: false } as const;
  await server.connection.push(events([message(4, removed)]));
  expect(client.room(ROOM)).toMatchObject({ memberCount: 2, presence: { present: 2 } });
  expect(client.room(ROOM)?.presence?.users.map(({ user }) => user)).toEqual([ME, OTHER]);
});

test('members that were loaded follow the events of their room', async () => {
  const { server, client } = await onlineClient();
  server.http = ({ url }) =>
    url.endsWith('/members')
      ? json(200, { members: [{ user: OTHER, handle: 'o', name: 'O', joinedSeq: 1, role: 'member' }] })
      : undefined;
  await client.loadMembers(ROOM);
  const joined = { type: 'joined' as const, users: [THIRD] };
  await server.connection.push(
    events([message(4, { kind: 'joined', counts: false, ordinal: 3, change: joined })]),
  );
  expect([...(client.room(ROOM)?.members?.keys() ?? [])]).toEqual([OTHER, THIRD]);
  // Another name changes nothing of how they came in.
  await server.connection.push({ kind: 'profile', user: OTHER, handle: 'o', name: 'Oh', changedAt: 7 });
  expect(client.room(ROOM)?.members?.get(OTHER)).toMatchObject({ name: 'Oh', joined: 1 });
  const left = message(5, { kind: 'left', counts: false, ordinal: 3, change: { type: 'left' } });
  await server.connection.push(events([left]));
  expect([...(client.room(ROOM)?.members?.keys() ?? [])]).toEqual([THIRD]);
});

test('who goes while the members are read is not among them', async () => {
  const { server, client } = await onlineClient();
  const answer = json(200, {
    members: [{ user: OTHER, handle: 'o', name: 'O', joinedSeq: 1, role: 'member' }],
  });
  const left = message(4, { kind: 'left', counts: false, ordinal: 3, change: { type: 'left' } });
  const pushed: Promise<void>[] = [];
  server.http = ({ url }) => {
    if (!url.endsWith('/members')) return undefined;
    // The answer was made before it.
    pushed.push(server.connection.push(events([left])));
    return answer;
  };
  await client.loadMembers(ROOM);
  await Promise.all(pushed);
  expect([...(client.room(ROOM)?.members?.keys() ?? [])]).toEqual([]);
});
