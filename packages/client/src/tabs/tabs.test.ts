import { expect, test } from 'bun:test';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  MY_DEVICE,
  message,
  messageId,
  messages,
  OTHER,
  page,
  ROOM,
} from '../testing/fixtures.ts';
import { goOnline } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';
import { TabWorld } from '../testing/tab-world.ts';
import { settle } from '../testing/virtual-clock.ts';

/** Two tabs of whom the first has the connection, in sync with a room of three messages. */
async function twoTabs() {
  const world = new TabWorld();
  const first = await world.open();
  const second = await world.open();
  await goOnline(world);
  await world.server.clock.advance(300);
  return { world, first, second };
}

const texts = ({ client }: Awaited<ReturnType<TabWorld['open']>>) =>
  client
    .room(ROOM)
    ?.messages.map(({ content }) => content !== undefined && 'text' in content && content.text);

test('[TABS1] two tabs have one connection, and show the same', async () => {
  const { world, first, second } = await twoTabs();
  expect(world.server.connections).toHaveLength(1);
  expect([first, second].map(({ client }) => client.connection.state)).toEqual(['online', 'online']);
  await Promise.all([first, second].map(({ client }) => client.open(ROOM)));
  await world.server.connection.push(events([message(4)]));
  await world.server.clock.advance(20);
  const shown = ['message 1', 'message 2', 'message 3', 'message 4'];
  expect(texts(first)).toEqual(shown);
  expect(texts(second)).toEqual(shown);
  expect(second.client.rooms).toEqual(first.client.rooms);
  expect(second.client.rooms[0]?.unreadCount).toBe(4);
});

test('[TABS1] what a tab wants to be told anew of a room the one with the connection asks for', async () => {
  const { world, first, second } = await twoTabs();
  const answer = entry(messages(1, 3), { memberCount: 9 });
  world.server.http = ({ url }) => (url.endsWith(`/v1/rooms/${ROOM}`) ? json(200, answer) : undefined);
  second.client.refresh(ROOM);
  await world.server.clock.advance(300);
  expect([first, second].map(({ client }) => client.room(ROOM)?.memberCount)).toEqual([9, 9]);
});

test('[TABS1] a tab that is opened later shows what is stored, and follows from there', async () => {
  const { world, first } = await twoTabs();
  await world.server.connection.push(events([message(4)]));
  const third = await world.open();
  await third.client.open(ROOM);
  await world.server.connection.push(events([message(5, { content: { type: 'text', text: '다섯' } })]));
  const edit = {
    kind: 'edit',
    counts: false,
    refersTo: at(5),
    content: { type: 'text', text: '고침' },
  } as const;
  await world.server.connection.push(events([message(6, { ...edit, ordinal: 5 })]));
  await world.server.clock.advance(300);
  expect(third.client.rooms).toEqual(first.client.rooms);
  expect(third.client.connection.state).toBe('online');
  const last = third.client.room(ROOM)?.messages.at(-1);
  expect([last?.seq as number, last?.edited, last?.content]).toEqual([5, true, edit.content]);
});

test('[TABS2] a message given in any tab is sent by the one with the connection, once, and seen in both', async () => {
  const { world, first, second } = await twoTabs();
  await second.client.open(ROOM);
  const sending = await second.client.commands.send(ROOM, '안녕');
  expect(texts(second)?.at(-1)).toBe('안녕');
  expect(second.client.room(ROOM)?.messages.at(-1)?.state).toBe('pending');
  await settle();
  const { connection } = world.server;
  const sent = connection.all('send');
  expect(sent.map(({ clientMessageId }) => clientMessageId)).toEqual([sending.clientMessageId]);
  await first.client.open(ROOM);
  expect(texts(first)?.at(-1)).toBe('안녕');
  const outcome = sending.outcome();
  await connection.push({
    kind: 'accepted',
    room: ROOM,
    clientMessageId: sending.clientMessageId,
    seq: at(4),
    at: 5,
  });
  await world.server.clock.advance(300);
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(4) });
  expect([first, second].map((tab) => tab.client.room(ROOM)?.messages.at(-1)?.state)).toEqual([
    'sent',
    'sent',
  ]);
  expect(world.disk.given).toEqual([]);
});

test('[TABS2] what became of a command that makes no event of its own is asked of the server', async () => {
  const { world, second } = await twoTabs();
  const sending = await second.client.commands.react(ROOM, at(3), '👍');
  const outcome = sending.outcome();
  await settle();
  const { clientMessageId } = world.server.connection.last('react');
  await world.server.connection.push({ kind: 'accepted', room: ROOM, clientMessageId, seq: at(4), at: 5 });
  await world.server.clock.advance(300);
  const { id } = world.server.connection.last('status');
  await world.server.connection.push({
    kind: 'status',
    id,
    answer: { status: 'accepted', room: ROOM, seq: at(4) },
  });
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(4) });
});

test('[TABS2] a command that is refused fails in both tabs, and is dropped in both', async () => {
  const { world, first, second } = await twoTabs();
  const { clientMessageId } = await second.client.commands.rename(ROOM, 'new');
  await settle();
  const { connection } = world.server;
  await connection.push({
    kind: 'refused',
    room: ROOM,
    clientMessageId,
    code: 'forbidden',
    message: 'no',
    retryable: false,
  });
  const { id } = connection.last('status');
  await connection.push({ kind: 'status', id, answer: { status: 'refused', code: 'forbidden' } });
  await world.server.clock.advance(300);
  const failed = (tab: typeof first) => tab.client.room(ROOM)?.failed.map(({ error }) => error.code);
  expect([first, second].map(failed)).toEqual([['forbidden'], ['forbidden']]);
  await second.client.commands.discard(ROOM, clientMessageId);
  await world.server.clock.advance(300);
  expect([first, second].map(failed)).toEqual([[], []]);
});

test('[TABS2] a tab that is killed behind its word has said it', async () => {
  const { world, first, second } = await twoTabs();
  await second.client.commands.send(ROOM, 'last words');
  await second.kill();
  expect(world.server.connection.last('send').content).toEqual({ type: 'text', text: 'last words' });
  expect(first.client.connection.state).toBe('online');
});

test('[TABS2][TABS3] when the tab with the connection is killed the other one goes on, and sends what is left', async () => {
  const { world, first, second } = await twoTabs();
  await second.client.open(ROOM);
  const sending = await second.client.commands.send(ROOM, 'one');
  const outcome = sending.outcome();
  await first.kill();
  const later = await second.client.commands.send(ROOM, 'two');
  await settle();
  expect(world.server.connections).toHaveLength(2);
  const before = texts(second);
  await goOnline(world);
  const { connection } = world.server;
  const sent = connection.all('send').map(({ clientMessageId }) => clientMessageId);
  expect(sent).toEqual([sending.clientMessageId, later.clientMessageId]);
  expect(texts(second)).toEqual(before as string[]);
  expect(before?.slice(-2)).toEqual(['one', 'two']);
  await connection.push({
    kind: 'accepted',
    room: ROOM,
    clientMessageId: sending.clientMessageId,
    seq: at(4),
    at: 5,
  });
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(4) });
});

test('[TABS3] what the killed tab heard of and told nobody is found', async () => {
  const { world, first, second } = await twoTabs();
  const sending = await second.client.commands.send(ROOM, 'one');
  const outcome = sending.outcome();
  await settle();
  const { clientMessageId } = world.server.connection.last('send');
  // Accepted, stored, and gone before anybody was told.
  const said = { clientMessageId, sender: ME, device: MY_DEVICE, content: { type: 'text', text: 'one' } };
  world.disk.disk.change({ kind: 'events', room: ROOM, events: [message(4, said)] });
  world.disk.disk.change({ kind: 'outbox-done', room: ROOM, clientMessageId });
  await first.kill();
  await goOnline(world, [entry([message(4, said)])], cursorAt(2));
  const { id } = world.server.connection.last('status');
  await world.server.connection.push({
    kind: 'status',
    id,
    answer: { status: 'accepted', room: ROOM, seq: at(4) },
  });
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(4) });
});

test('[TABS3] a tab that sleeps with the connection is taken over from, and follows when it wakes', async () => {
  const { world, first, second } = await twoTabs();
  first.sleep();
  const sending = await second.client.commands.send(ROOM, 'is anybody there?');
  await world.server.clock.advance(6_000);
  expect(world.server.connections).toHaveLength(2);
  await goOnline(world);
  const sent = world.server.connection.all('send').map(({ clientMessageId }) => clientMessageId);
  expect(sent).toEqual([sending.clientMessageId]);
  await first.wake();
  await world.server.clock.advance(1_000);
  expect(first.client.connection.state).toBe('online');
  expect(first.faults).toEqual([]);
  const [old, now] = world.server.connections;
  expect([old?.closed, now?.closed]).toEqual([true, false]);
  await world.server.connection.push(events([message(4)]));
  await world.server.clock.advance(300);
  expect(first.client.rooms).toEqual(second.client.rooms);
});

test('[TABS2] marks, settings and drafts of any tab reach the server, and show in both', async () => {
  const { world, first, second } = await twoTabs();
  second.client.markRead(ROOM, at(2));
  void second.client.settings.mute(ROOM);
  second.client.settings.setDraft(ROOM, { text: '쓰다 만' });
  expect(second.client.rooms[0]?.draft?.text).toBe('쓰다 만');
  await world.server.clock.advance(300);
  const { connection } = world.server;
  expect(connection.last('mark')).toMatchObject({ room: ROOM, read: 2 });
  expect(connection.last('set')).toMatchObject({ value: { mute: { until: 'ever', mentions: true } } });
  for (const { client } of [first, second]) {
    const [room] = client.rooms;
    expect([room?.unreadCount, room?.muted?.until, room?.draft?.text]).toEqual([1, 'ever', '쓰다 만']);
  }
  await second.client.commands.send(ROOM, '다 썼다');
  await world.server.clock.advance(300);
  expect([first, second].map(({ client }) => client.rooms[0]?.draft)).toEqual([undefined, undefined]);
});

test('[STORE4] older messages that one tab asked for the other one reads from the store', async () => {
  const world = new TabWorld();
  const first = await world.open();
  const second = await world.open();
  await goOnline(world, [entry(messages(101, 120), { head: { seq: at(120), ordinal: 120, at: 1_120 } })]);
  await world.server.clock.advance(300);
  await second.client.open(ROOM);
  const loading = second.client.loadOlder(ROOM, 50);
  await settle();
  const { connection } = world.server;
  const { id } = connection.last('history');
  await connection.push(page(id, messages(51, 100), 120));
  expect(await loading).toBe(50);
  await world.server.clock.advance(300);
  await first.client.open(ROOM);
  // The end of the room comes with as much as fits a screen, and the rest of what is stored behind it.
  expect(await first.client.loadOlder(ROOM, 50)).toBe(20);
  expect(connection.all('history')).toHaveLength(1);
  expect(texts(first)?.[0]).toBe('message 51');
});

test('[TABS1] what is soft is seen in all tabs, and what each looks at is asked for together', async () => {
  const { world, first, second } = await twoTabs();
  const { connection } = world.server;
  void second.client.look([ROOM]);
  await settle();
  const { id, rooms } = connection.last('look');
  expect(rooms).toEqual([ROOM]);
  const users = [{ user: OTHER, state: 'active' as const }];
  await connection.push({ kind: 'seen', id, rooms: [{ room: ROOM, present: 1, users, live: true }] });
  expect(second.client.room(ROOM)?.presence?.present).toBe(1);
  await connection.push({ kind: 'typing', room: ROOM, user: OTHER });
  expect([first, second].map(({ client }) => client.room(ROOM)?.typing)).toEqual([[OTHER], [OTHER]]);
  second.client.typing(ROOM);
  second.client.setPresence('away');
  first.client.setPresence('away');
  await settle();
  expect(connection.all('typing')).toHaveLength(1);
  expect(connection.last('beat').state).toBe('away');
  await second.kill();
  expect(connection.last('look').rooms).toEqual([]);
});

test('[TABS3] a tab that is closed hands over all that it knows', async () => {
  const { world, first, second } = await twoTabs();
  await world.server.connection.push(events([message(4)]));
  await first.client[Symbol.asyncDispose]();
  await settle();
  expect(second.client.rooms[0]?.latest?.seq as number).toBe(4);
  await goOnline(world, [], cursorAt(1));
  expect(second.client.connection.state).toBe('online');
  await second.client[Symbol.asyncDispose]();
});

test('[TABS1] who signs out in one tab has signed out in all, and nothing is left', async () => {
  const { world, first, second } = await twoTabs();
  world.server.http = ({ method, url }) =>
    method === 'DELETE' && url.endsWith('/v1/sessions/current')
      ? { status: 204, body: new Uint8Array() }
      : undefined;
  await second.client.signOut();
  await world.server.clock.advance(300);
  const { identity, rooms, cursor } = world.disk.disk.state();
  expect([identity?.token, rooms, cursor]).toEqual([undefined, [], undefined]);
  for (const { client } of [first, second]) {
    expect(client.connection).toEqual({ state: 'stopped', reason: 'signed-out' });
    expect(client.rooms).toEqual([]);
  }
});

test('[TABS3] who signs in anew in a tab leads there, and the others follow', async () => {
  const { world, first } = await twoTabs();
  const third = await world.open(true);
  await goOnline(world);
  await world.server.clock.advance(300);
  expect(world.server.connections.map(({ closed }) => closed)).toEqual([true, false]);
  expect([first, third].map(({ client }) => client.connection.state)).toEqual(['online', 'online']);
  expect(first.faults).toEqual([]);
});

test('[TABS2] ids rise in the order in which the commands of two tabs go', async () => {
  const { world, first, second } = await twoTabs();
  const earlier = second.client.commands.send(ROOM, 'minted first');
  world.server.clock.offsetMs += 1_000;
  await first.client.commands.send(ROOM, 'minted second, and sent first');
  const sending = await earlier;
  const minted = sending.clientMessageId;
  await world.server.clock.advance(300);
  const sent = world.server.connection.all('send');
  expect(sent.map(({ content }) => 'text' in content && content.text)).toEqual([
    'minted second, and sent first',
    'minted first',
  ]);
  const ids = sent.map(({ clientMessageId }) => clientMessageId);
  expect(ids.toSorted()).toEqual(ids);
  expect(sending.clientMessageId).toBe(ids[1] as typeof minted);
  expect(sending.clientMessageId).not.toBe(minted);
  const outcome = sending.outcome();
  for (const [n, clientMessageId] of ids.entries())
    await world.server.connection.push({
      kind: 'accepted',
      room: ROOM,
      clientMessageId,
      seq: at(4 + n),
      at: 5,
    });
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(5) });
});

test('[TABS2] what a tab stored as it died, and told nobody, is carried out', async () => {
  const { world, second } = await twoTabs();
  const command = { kind: 'rename', room: ROOM, clientMessageId: messageId(9), name: 'last words' } as const;
  const item = { command, order: 1, createdAt: 1, failed: undefined };
  world.disk.given.push({ key: 77, acts: [{ kind: 'command', item }] });
  await second.kill();
  expect(world.server.connection.last('rename').name).toBe('last words');
  expect(world.disk.given).toEqual([]);
});

test('[TABS2] what is said in a tab that does not know yet that it was taken over from is said by the other one', async () => {
  const { world, first, second } = await twoTabs();
  first.sleep();
  await second.client.commands.send(ROOM, 'taking over');
  await world.server.clock.advance(6_000);
  await goOnline(world);
  const sending = await first.client.commands.send(ROOM, 'just awake');
  const outcome = sending.outcome();
  await first.wake();
  await world.server.clock.advance(300);
  const [old, now] = world.server.connections;
  expect(old?.all('send')).toEqual([]);
  const { clientMessageId, content } = now?.all('send').at(-1) ?? {};
  expect([clientMessageId, content]).toEqual([sending.clientMessageId, { type: 'text', text: 'just awake' }]);
  for (const [n, { clientMessageId: id }] of (now?.all('send') ?? []).entries())
    await now?.push({ kind: 'accepted', room: ROOM, clientMessageId: id, seq: at(4 + n), at: 5 });
  await world.server.clock.advance(300);
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(5) });
  expect(first.faults).toEqual([]);
});

test('[TABS1][PEOPLE10] settings of the account show in all tabs, whichever device or tab changed them', async () => {
  const { world, first, second } = await twoTabs();
  const { server } = world;
  let settings = { hidePresence: false, findable: true, whoMayWrite: 'everyone', whoMayAdd: 'everyone' };
  const changed: object[] = [];
  server.http = ({ method, url, body }) => {
    if (!url.endsWith('/v1/me')) return undefined;
    if (method === 'PATCH') changed.push(JSON.parse(String(body)));
    settings = { ...settings, ...(method === 'PATCH' && JSON.parse(String(body))) };
    const profile = { user: ME, handle: 'me', name: 'Me', changedAt: 1 };
    return json(200, { ...profile, device: MY_DEVICE, administrator: false, settings });
  };
  const shown = () => [first, second].map(({ client }) => client.accountSettings?.findable);
  shown();
  await settle();
  expect(shown()).toEqual([true, true]);
  settings = { ...settings, findable: false };
  await server.connection.push({ kind: 'account' });
  shown();
  await settle();
  expect(shown()).toEqual([false, false]);
  // The tab without the connection has the other one bring it, and does not show what was before meanwhile.
  const seen: unknown[] = [];
  second.client.subscribe(() => seen.push(second.client.accountSettings?.findable));
  void second.client.updateSettings({ findable: true });
  void second.client.updateSettings({ hidePresence: true });
  await settle();
  await server.clock.advance(300);
  expect(Object.assign({}, ...changed)).toEqual({
    findable: true,
    hidePresence: true,
  });
  expect(shown()).toEqual([true, true]);
  expect(new Set(seen)).toEqual(new Set([true]));
});
