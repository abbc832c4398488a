import { beforeEach, describe, expect, test } from 'bun:test';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';
import { StorageBroken, StorageUnavailable } from '../../../ports/log.ts';

let server: ComposedServer;
let [ada, ben, eve] = [] as unknown as [TestPerson, TestPerson, TestPerson];

beforeEach(async () => {
  server = composedServer();
  [ada, ben, eve] = [await server.person('ada'), await server.person('ben'), await server.person('eve')];
});

test('a conversation by HTTP alone: create, send, read, mark', async () => {
  const room = await server.direct(ada, ben);
  const seq = await server.send(ada, room, 'Hello!');
  const by = { token: ben.token, params: { room } };
  const page = await server.client.call('getEvents', by);
  expect(page.events.at(-1)).toMatchObject({
    seq,
    sender: ada.user,
    content: { type: 'text', text: 'Hello!' },
  });
  expect(await server.client.call('getRoom', by)).toMatchObject({ unreadCount: 1, peer: ada.user });
  await server.client.call('putMarks', { ...by, body: { read: page.head } });
  expect(await server.client.call('getRoom', by)).toMatchObject({ unreadCount: 0, marks: { read: seq } });
  const { rooms, cursor, snapshot } = await server.client.call('getSync', { token: ben.token });
  expect({ rooms: rooms.map((entry) => entry.room), snapshot }).toEqual({ rooms: [room], snapshot: true });
  const later = await server.client.call('getSync', { token: ben.token, query: { cursor } });
  expect(later).toMatchObject({ rooms: [], snapshot: false, more: false });
});

test('[TALK7] everybody reads what a message answers, live and later', async () => {
  const room = await server.group(ada, ben);
  const session = await server.open(ben.token);
  const content = { type: 'text', text: 'yes' } as const;
  const command = { kind: 'send', room, clientMessageId: server.nextId(), replyTo: 1, content } as const;
  const { seq } = await server.client.call('postCommand', { token: ada.token, body: command });
  expect(await session.take('events')).toMatchObject({ events: [{ seq, replyTo: 1 }] });
  const page = await server.client.call('getEvents', { token: ben.token, params: { room } });
  expect(page.events.at(-1)).toMatchObject({ seq, replyTo: 1, content });
});

test('what is sent by HTTP arrives at sessions, and the other way round', async () => {
  const room = await server.group(ada, ben);
  const session = await server.open(ben.token);
  const seq = await server.send(ada, room, 'from HTTP');
  expect(await session.take('events')).toMatchObject({ room, events: [{ seq }] });
  const clientMessageId = server.nextId();
  session.say({ kind: 'send', room, clientMessageId, content: { type: 'text', text: 'from a session' } });
  const { seq: answered } = await session.take('accepted');
  const page = await server.client.call('getEvents', { token: ada.token, params: { room } });
  expect(page.events.at(-1)).toMatchObject({ seq: answered, clientMessageId });
});

describe('[ONCE1] a command that comes again by another transport', () => {
  test('gets the first answer, and is stored once', async () => {
    const room = await server.group(ada, ben);
    const clientMessageId = server.nextId();
    const command = { kind: 'send', room, clientMessageId, content: { type: 'text', text: 'once' } } as const;
    const session = await server.open(ada.token);
    session.say(command);
    const first = await session.take('accepted');
    const again = await server.client.call('postCommand', { token: ada.token, body: command });
    expect(again).toEqual({ room, seq: first.seq, at: first.at });
    const { head } = await server.client.call('getEvents', { token: ada.token, params: { room } });
    expect(head).toBe(first.seq);
  });

  test('[ONCE7] can be asked for', async () => {
    const room = await server.group(ada, ben);
    const status = (clientMessageId: string) =>
      server.client.call('getStatus', { token: ada.token, params: { room, clientMessageId } });
    const clientMessageId = server.nextId();
    expect(await status(clientMessageId)).toEqual({ status: 'unknown' });
    const content = { type: 'text', text: 'Hello!' } as const;
    const body = { kind: 'send', room, clientMessageId, content } as const;
    const { seq } = await server.client.call('postCommand', { token: ada.token, body });
    expect(await status(clientMessageId)).toEqual({ status: 'accepted', room, seq });
    const refused = server.nextId();
    const rename = { kind: 'rename', room, clientMessageId: refused, name: 'Mine' } as const;
    expect(await server.client.refused('postCommand', { token: ben.token, body: rename })).toBe('forbidden');
    expect(
      await server.client.call('getStatus', {
        token: ben.token,
        params: { room, clientMessageId: refused },
      }),
    ).toEqual({ status: 'refused', code: 'forbidden' });
  });
});

test('[SYNC6] history goes in either direction from any event, always rising', async () => {
  const room = await server.group(ada, ben);
  for (let count = 0; count < 20; count++) await server.send(ada, room, `message ${count}`);
  const seqs = async (query: Record<string, string | number>) => {
    const page = await server.client.call('getEvents', { token: ben.token, params: { room }, query });
    return page.events.map(({ seq }) => Number(seq));
  };
  expect(await seqs({ limit: 3 })).toEqual([19, 20, 21]);
  expect(await seqs({ from: 10, limit: 3 })).toEqual([8, 9, 10]);
  expect(await seqs({ from: 10, limit: 3, direction: 'newer' })).toEqual([10, 11, 12]);
  expect(await seqs({ direction: 'newer', limit: 2 })).toEqual([1, 2]);
});

test('members are named; who deleted the account is not among them any more', async () => {
  const room = await server.group(ada, ben, eve);
  const names = async () => {
    const { members } = await server.client.call('getMembers', { token: ada.token, params: { room } });
    return members.map(({ handle }) => handle).toSorted();
  };
  expect(await names()).toEqual(['ada', 'ben', 'eve']);
  await server.engine.directory.deleteUser(eve.user, server.clock.now());
  expect(await names()).toEqual(['ada', 'ben']);
});

test('[GROUP1][GROUP3] roles and rights are set over HTTP, members are told with theirs, and a refusal names the right', async () => {
  const room = await server.group(ada, ben, eve);
  const given = (by: TestPerson, body: object) => ({
    token: by.token,
    body: { room, clientMessageId: server.nextId(), ...body } as never,
  });
  const call = (by: TestPerson, body: object) => server.client.call('postCommand', given(by, body));
  await call(ada, { kind: 'set-role', user: ben.user, role: 'administrator' });
  const { members } = await server.client.call('getMembers', { token: eve.token, params: { room } });
  expect(members.map(({ handle, role }) => [handle, role])).toEqual([
    ['ada', 'owner'],
    ['ben', 'administrator'],
    ['eve', 'member'],
  ]);
  await call(ada, { kind: 'set-rights', rights: { send: 'administrators' } });
  const content = { type: 'text', text: 'x' };
  expect(await server.client.refusal('postCommand', given(eve, { kind: 'send', content }))).toMatchObject({
    code: 'forbidden',
    field: 'send',
  });
  await call(ben, { kind: 'send', content });
  expect(await server.client.call('getRoom', { token: eve.token, params: { room } })).toMatchObject({
    facts: { administrators: [ben.user], rights: { send: 'administrators' } },
  });
});

test('[GROUP5] slow mode holds over a restart, for messages that come at once, and until its time is over', async () => {
  const room = await server.group(ada, ben);
  const given = (by: TestPerson, body: object) => ({
    token: by.token,
    body: { room, clientMessageId: server.nextId(), ...body } as never,
  });
  const say = { kind: 'send', content: { type: 'text', text: 'x' } };
  await server.client.call('postCommand', given(ben, say));
  await server.client.call('postCommand', given(ada, { kind: 'set-slow-mode', seconds: 30 }));
  await server.drain();
  const { engine, clock } = server;
  const again = composedServer({ engine, clock });
  expect(await again.client.refusal('postCommand', given(ben, say))).toMatchObject({
    code: 'rate-limited',
    retryAfterMs: 30_000,
    limit: { name: 'slowMode', value: 30 },
  });
  clock.advance(30_000);
  const both = [given(ben, say), given(ben, say)].map((one) => again.client.outcome('postCommand', one));
  expect((await Promise.all(both)).toSorted()).toEqual(['done', 'rate-limited']);
  expect(await again.client.outcome('postCommand', given(ada, say))).toBe('done');
});

describe('people', () => {
  test('are found by handle, by id, and many at once', async () => {
    const { token } = ada;
    const profile = { user: ben.user, handle: 'ben', name: 'ben', changedAt: server.clock.now() };
    expect(await server.client.call('findUser', { token, query: { handle: 'BEN' } })).toEqual(profile);
    expect(await server.client.call('getUser', { token, params: { user: ben.user } })).toEqual(profile);
    const users = [ben.user, ada.user, ada.user.replace(/.$/, ada.user.endsWith('0') ? '1' : '0')];
    const found = await server.client.call('getUsers', { token, body: { users } });
    expect(found.users.map(({ handle }) => handle).toSorted()).toEqual(['ada', 'ben']);
    expect(await server.client.refused('findUser', { token, query: { handle: 'nobody' } })).toBe('not-found');
  });

  test('who hides presence is offline to others at once', async () => {
    const room = await server.contacts(ada, ben);
    await server.client.call('postBeat', { token: ben.token, body: { state: 'active' } });
    const seen = async () => {
      const { users } = await server.client.call('getPresence', { token: ada.token, params: { room } });
      return users.find(({ user }) => user === ben.user)?.state ?? 'offline';
    };
    expect(await seen()).toBe('active');
    await server.client.call('updateMe', { token: ben.token, body: { hidePresence: true } });
    expect(await seen()).toBe('offline');
  });
});

describe('a deleted account', () => {
  test('leaves its rooms, and those who stay are told', async () => {
    const group = await server.group(ada, ben);
    const direct = await server.direct(ada, ben);
    const session = await server.open(ada.token);
    await server.engine.directory.deleteUser(ben.user, server.clock.now());
    await server.departures.wake();
    for (const room of [group, direct]) {
      const page = await server.client.call('getEvents', { token: ada.token, params: { room } });
      expect(page.events.at(-1)).toMatchObject({ kind: 'left', sender: ben.user });
    }
    expect((await session.take('events')).events[0]).toMatchObject({ kind: 'left' });
    expect(await server.engine.directory.departures()).toEqual([]);
  });

  test('[DUR6] leaves them after a restart, if the server died before', async () => {
    const room = await server.group(ada, ben);
    await server.engine.directory.deleteUser(ben.user, server.clock.now());
    await using again = composedServer({ engine: server.engine.crash(), clock: server.clock });
    await again.departures.wake();
    const page = await again.client.call('getEvents', { token: ada.token, params: { room } });
    expect(page.events.at(-1)).toMatchObject({ kind: 'left', sender: ben.user });
  });

  test('is tried again while the storage takes nothing', async () => {
    let full = false;
    server = composedServer({
      sync: async () => {
        if (full) throw new StorageUnavailable('no space');
      },
    });
    [ada, ben] = [await server.person('ada'), await server.person('ben')];
    const room = await server.group(ada, ben);
    await server.engine.directory.deleteUser(ben.user, server.clock.now());
    full = true;
    await server.departures.wake();
    expect(await server.engine.directory.departures()).toEqual([ben.user]);
    full = false;
    server.clock.advance(60_000);
    await server.departures.wake();
    expect(await server.engine.directory.departures()).toEqual([]);
    const { members } = await server.client.call('getMembers', { token: ada.token, params: { room } });
    expect(members.map(({ handle }) => handle)).toEqual(['ada']);
  });
});

test('[SLOW5] once the drain has begun every request is told to come back, and what was under way is done', async () => {
  const room = await server.group(ada, ben);
  const under = server.send(ada, room, 'just in time');
  const account = { handle: 'mia', name: 'Mia', password: 'correct horse', device: { name: 'laptop' } };
  const signingUp = server.client.outcome('signUp', { body: account });
  // Both have passed the first check by the time that the drain begins.
  await new Promise(setImmediate);
  const drained = server.drain();
  const { token } = ada;
  const refused = await server.client.respond('getMe', { token });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await server.client.refused('getSync', { token })).toBe('draining');
  expect((await under) as number).toBe(2);
  expect(await signingUp).toBe('done');
  await drained;
});

describe('storage that takes nothing', () => {
  test('[DUR3] a command and a sign-up are refused as retryable, and go through later', async () => {
    let full = false;
    server = composedServer({
      sync: async () => {
        if (full) throw new StorageUnavailable('no space');
      },
    });
    ada = await server.person('ada');
    const room = await server.group(ada);
    const body = () => ({
      kind: 'send' as const,
      room,
      clientMessageId: server.nextId(),
      content: { type: 'text' as const, text: 'Hello!' },
    });
    full = true;
    const response = await server.client.respond('postCommand', { token: ada.token, body: body() });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    const account = { handle: 'ben', name: 'Ben', password: 'correct horse', device: { name: 'laptop' } };
    expect(await server.client.refusal('signUp', { body: account })).toMatchObject({
      code: 'storage-unavailable',
      retryable: true,
    });
    full = false;
    expect((await server.client.call('postCommand', { token: ada.token, body: body() })).seq as number).toBe(
      2,
    );
    expect(await server.client.outcome('signUp', { body: account })).toBe('done');
  });

  test('[DUR4] what is not known to be stored is not acknowledged, and the process is told to stop', async () => {
    let broken = false;
    server = composedServer({
      sync: async () => {
        if (broken) throw new StorageBroken('fsync failed');
      },
    });
    ada = await server.person('ada');
    broken = true;
    const { token } = ada;
    expect(await server.client.refused('updateMe', { token, body: { name: 'Ada' } })).toBe(
      'storage-unavailable',
    );
    expect(server.logged.at(-1)).toStartWith('broken: ');
  });
});
