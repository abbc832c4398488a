import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import {
  type BlockReport,
  type ClientMessageId,
  type CommandFrame,
  directRoomId,
  limits,
  newUserId,
  type RoomId,
} from '@maru/protocol';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';
import { StorageUnavailable } from '../../../ports/log.ts';

// Blocking somebody and telling the administrators of it, in one go.

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
let root: TestPerson;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
  root = await server.person('root', { administrator: true });
});
afterEach(() => server[Symbol.asyncDispose]());

type Details = Partial<Omit<BlockReport, 'room' | 'seq'>> & { room?: RoomId; seq?: number };
const report = (details: Details = {}) => ({ reason: 'spam', include: false, ...details }) as BlockReport;
const direct = () => directRoomId(ada.user, ben.user);

const relate = (details: Details, id: ClientMessageId = server.nextId(), act: 'block' | 'refuse' = 'block') =>
  command({ kind: 'relate', room: direct(), clientMessageId: id, act, basedOn: 0, report: report(details) });
const create = (user = ben.user, id: ClientMessageId = server.nextId()) =>
  command({
    ...{ kind: 'create', roomKind: 'direct', room: directRoomId(ada.user, user), clientMessageId: id, user },
    relate: { act: 'block', report: report({ note: 'We share a group.' }) },
  });
const command = (body: CommandFrame, by = ada) =>
  server.client.outcome('postCommand', { token: by.token, body });
const put = (details: Details | undefined, blocked = true, user = ben.user) =>
  server.client.outcome('blockPerson', {
    token: ada.token,
    params: { user },
    body: { blocked, ...(details && { report: report(details) }) },
  });

async function reports(state: 'open' | 'all' = 'all') {
  return (await server.client.call('listReports', { token: root.token, query: { state } })).reports;
}
async function blocked() {
  const { contacts } = await server.client.call('listContacts', { token: ada.token });
  return contacts.flatMap(({ state, handle }) => (state === 'blocked' ? handle : []));
}
const close = (number: number) =>
  server.client.call('putReport', {
    token: root.token,
    params: { report: number },
    body: { state: 'closed' },
  });

const WAYS: readonly [string, (details: Details) => Promise<string>][] = [
  ['a command', relate],
  ['HTTP', put],
];

describe.each(WAYS)('[REPORT5] block and report by %s', (_, send) => {
  test('are one step: the message stands in the report as its reporter saw it', async () => {
    const room = await server.direct(ben, ada);
    const seq = await server.send(ben, room, 'Buy now!');
    expect(await send({ room, seq, note: 'the first word', include: true })).toBe('done');
    expect(await blocked()).toEqual(['ben']);
    expect(await reports()).toMatchObject([
      {
        ...{ by: { handle: 'ada' }, user: { handle: 'ben' }, room, seq, text: 'Buy now!' },
        ...{ reason: 'spam', note: 'the first word', blocked: true, state: 'open' },
      },
    ]);
  });

  test('hold of somebody who is blocked already: the report alone is new, and the other is told nothing', async () => {
    const room = await server.direct(ben, ada);
    await put(undefined);
    const page = () => server.client.call('getEvents', { token: ben.token, params: { room } });
    const before = await page();
    expect(await send({})).toBe('done');
    expect(await page()).toEqual(before);
    expect(await reports()).toMatchObject([{ blocked: true }]);
  });

  test('hold though what is named is not there, or not theirs, or not to be seen: that is left out', async () => {
    const room = await server.direct(ben, ada);
    const own = await server.send(ada, room, 'mine');
    const foreign = await server.group(ben, root);
    const unseen = await server.send(ben, foreign, 'a secret');
    for (const details of [
      { room, seq: own, include: true },
      { room, seq: 99 },
      { room: foreign, seq: unseen, include: true },
    ])
      expect(await send(details)).toBe('done');
    const kept = await reports();
    expect(kept.map(({ seq, text }) => [seq, text])).toEqual(kept.map(() => [undefined, undefined]));
    expect(kept.map((one) => one.room)).toEqual([undefined, room]);
    expect(await blocked()).toEqual(['ben']);
  });

  test('hold of a request and its note, before a word was said', async () => {
    const note = { type: 'text', text: 'Buy now!' } as const;
    await server.client.call('requestContact', {
      token: ben.token,
      params: { user: ada.user },
      body: { note },
    });
    expect(await send({ room: direct(), seq: 1, include: true })).toBe('done');
    expect(await reports()).toMatchObject([{ seq: 1, text: 'Buy now!', blocked: true }]);
  });

  test('hold of an account that is gone, and of one that looks so, alike', async () => {
    const room = await server.direct(ben, ada);
    await server.client.call('blockPerson', {
      token: ben.token,
      params: { user: ada.user },
      body: { blocked: true },
    });
    expect(await send({ note: 'blocks me' })).toBe('done');
    const [first] = await reports();
    await close(first?.report ?? 0);
    await server.client.call('blockPerson', {
      token: ada.token,
      params: { user: ben.user },
      body: { blocked: false },
    });
    await server.engine.directory.deleteUser(ben.user, server.clock.now());
    await server.departures.wake();
    expect(await send({ note: 'is gone' })).toBe('done');
    expect(await reports()).toMatchObject([{ note: 'is gone' }, { note: 'blocks me' }]);
    expect(room).toBe(direct());
  });

  test('are both done however many reports are open, and one of a person is kept then', async () => {
    await server.direct(ben, ada);
    for (let count = 0; count < limits.REPORTS_OPEN_MAX; count++) {
      const { user } = await server.person(`person${count}`);
      await put({}, true, user);
    }
    const room = await server.group(ben, ada);
    for (let count = 0; count < 3; count++) {
      const seq = await server.send(ben, room, `${count}`);
      expect(await send({ room, seq })).toBe('done');
    }
    expect(await reports('open')).toHaveLength(50);
    const about = await server.engine.reports.reports({ state: 'open', before: undefined, limit: 500 });
    expect(about.filter(({ user }) => user === ben.user)).toHaveLength(1);
    expect(about).toHaveLength(limits.REPORTS_OPEN_MAX + 1);
    expect(await blocked()).toContain('ben');
  });
});

test('[REPORT5] a command that comes again, however late, makes no second report, also when the first is closed', async () => {
  await server.direct(ben, ada);
  const id = server.nextId();
  expect(await relate({}, id)).toBe('done');
  await close(1);
  expect(await relate({}, id)).toBe('done');
  expect(await reports()).toMatchObject([{ state: 'closed' }]);
  expect(await relate({})).toBe('done');
  expect(await reports()).toHaveLength(2);
});

test('[REPORT5] a room may begin with it; where there is nobody to be blocked, nothing is reported', async () => {
  expect(await create()).toBe('done');
  expect(await reports()).toMatchObject([{ note: 'We share a group.', blocked: true }]);
  expect(await blocked()).toEqual(['ben']);
  const [hiding, gone] = [await server.person('hiding'), await server.person('gone')];
  await server.client.call('blockPerson', {
    token: hiding.token,
    params: { user: ada.user },
    body: { blocked: true },
  });
  await server.engine.directory.deleteUser(gone.user, server.clock.now());
  for (const user of [hiding.user, gone.user, newUserId()]) {
    expect(await create(user)).toBe('recipient-unavailable');
    expect(await put({}, true, user)).toBe('recipient-unavailable');
  }
  expect(await put({}, true, ada.user)).toBe('bad-request');
  expect(await reports()).toHaveLength(1);
});

test('[REPORT5] a report comes with nothing but a block', async () => {
  await server.direct(ben, ada);
  await server.send(ben, direct(), 'hello');
  expect(await relate({}, server.nextId(), 'refuse')).toBe('bad-request');
  expect(await put({}, false)).toBe('bad-request');
  expect(await reports()).toEqual([]);
});

test('[REPORT5] [ONCE8] what is refused leaves no report, and who is no member of a room none about it', async () => {
  const cho = await server.person('cho');
  const room = await server.direct(ben, ada);
  const frame = { kind: 'relate', act: 'block', basedOn: 0, report: report() } as const;
  const body = { ...frame, room, clientMessageId: server.nextId() };
  expect(await command(body, cho)).toBe('not-found');
  const group = await server.group(ada, ben);
  expect(await command({ ...body, room: group, clientMessageId: server.nextId() })).toBe('forbidden');
  expect(await reports()).toEqual([]);
});

test.each(['directory', 'append'] as const)(
  '[REPORT5] neither is answered before both are stored, and a repetition brings both: %s fails',
  async (failing) => {
    let fails = false;
    await using small = composedServer({
      sync: async (kind) => {
        if (fails && kind === failing) throw new StorageUnavailable('full');
      },
    });
    const [reporter, other] = [await small.person('ada'), await small.person('ben')];
    const admin = await small.person('root', { administrator: true });
    const room = await small.direct(other, reporter);
    const kept = async () => {
      const page = await small.client.call('listReports', { token: admin.token });
      const { relation } = await small.client.call('getRoom', { token: reporter.token, params: { room } });
      return [page.reports.length, relation?.state];
    };
    const frame = { kind: 'relate', act: 'block', basedOn: 0, report: report() } as const;
    const body = { ...frame, room, clientMessageId: small.nextId() };
    fails = true;
    const refused = await small.client.refusal('postCommand', { token: reporter.token, body });
    expect(refused).toMatchObject({ retryable: true });
    // Never the block alone: a device that sees it done asks no more.
    expect(await kept()).toEqual([failing === 'directory' ? 0 : 1, 'none']);
    fails = false;
    expect(await small.client.outcome('postCommand', { token: reporter.token, body })).toBe('done');
    expect(await kept()).toEqual([1, 'blocked']);
  },
);

test('[REPORT5] over a session the answer comes when both are durable', async () => {
  const room = await server.direct(ben, ada);
  const session = await server.open(ada.token);
  const frame = { kind: 'relate', act: 'block', basedOn: 0, report: report({ note: 'here' }) } as const;
  session.say({ ...frame, room, clientMessageId: server.nextId() });
  await session.take('accepted');
  expect(await reports()).toMatchObject([{ note: 'here', blocked: true }]);
  expect(await blocked()).toEqual(['ben']);
});

test('[REPORT5] it holds for a room that is only being made when the command comes', async () => {
  const session = await server.open(ada.token);
  const room = direct();
  const making = { kind: 'create', roomKind: 'direct', room, user: ben.user } as const;
  session.say({ ...making, clientMessageId: server.nextId() });
  const block = { kind: 'relate', act: 'block', basedOn: 0, report: report() } as const;
  session.say({ ...block, room, clientMessageId: server.nextId() });
  while (session.of('accepted').length < 2) await new Promise(setImmediate);
  expect(await blocked()).toEqual(['ben']);
  expect(await reports()).toMatchObject([{ user: { handle: 'ben' }, blocked: true }]);
});

test('[REPORT1] [REL6] who blocks the reporter is reported like somebody who is gone', async () => {
  await server.direct(ben, ada);
  const post = () =>
    server.client.respond('postReport', { token: ada.token, body: { user: ben.user, reason: 'spam' } });
  const answer = async (response: Response) => [
    response.status,
    Object.fromEntries(response.headers),
    await response.text(),
  ];
  await server.client.call('blockPerson', {
    token: ben.token,
    params: { user: ada.user },
    body: { blocked: true },
  });
  const blockedAnswer = await answer(await post());
  await server.engine.directory.deleteUser(ben.user, server.clock.now());
  expect(await answer(await post())).toEqual(blockedAnswer);
});
