import { beforeEach, expect, test } from 'bun:test';
import { directRoomId, limits, scheduledIdOf } from '@maru/protocol';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';

let server: ComposedServer;
let [ada, ben] = [] as unknown as [TestPerson, TestPerson];
const text = (said: string) => ({ type: 'text', text: said }) as const;

beforeEach(async () => {
  server = composedServer();
  [ada, ben] = [await server.person('ada'), await server.person('ben')];
});

/** Lets time pass, and what it sets going come to its end. */
async function pass(ms: number): Promise<void> {
  server.clock.advance(ms);
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('[LATER1][LATER2] a message is scheduled, changed, cancelled and sent by HTTP alone', async () => {
  const room = await server.direct(ada, ben);
  const { token } = ada;
  const at = server.clock.now() + 60_000;
  const schedule = (said: string) =>
    server.client.call('schedule', {
      token,
      body: { room, clientMessageId: server.nextId(), at, content: text(said) },
    });
  const first = await schedule('first');
  const second = await schedule('second');
  const list = async () => (await server.client.call('listScheduled', { token })).items;
  expect(await list()).toHaveLength(2);
  const own = { token, params: first };
  expect(
    await server.client.outcome('changeScheduled', {
      ...own,
      body: { at: at - 30_000, content: text('sooner') },
    }),
  ).toBe('done');
  expect((await list())[0]).toMatchObject({ ...first, at: at - 30_000, content: text('sooner') });
  expect(await server.client.refused('changeScheduled', { ...own, token: ben.token, body: { at } })).toBe(
    'not-found',
  );
  expect(await server.client.refused('cancelScheduled', { ...own, token: ben.token })).toBe('not-found');
  expect((await server.client.call('listScheduled', { token: ben.token })).items).toEqual([]);
  const far = { at: server.clock.now() + limits.SCHEDULE_AHEAD_MS_MAX + 1 };
  expect(await server.client.refusal('changeScheduled', { ...own, body: far })).toMatchObject({
    code: 'bad-request',
    limit: { name: 'SCHEDULE_AHEAD_MS_MAX' },
  });
  expect(await server.client.refused('changeScheduled', { ...own, body: { content: text(' ') } })).toBe(
    'message-empty',
  );
  expect(await server.client.outcome('cancelScheduled', { token, params: second })).toBe('done');
  await pass(40_000);
  const { events } = await server.client.call('getEvents', { token: ben.token, params: { room } });
  expect(events.map(({ content }) => content)).toEqual([undefined, text('sooner')]);
  expect(await server.client.refused('cancelScheduled', own)).toBe('already-sent');
  expect(await server.client.call('listScheduled', { token })).toEqual({ items: [] });
  expect(server.logged).toEqual([]);
});

test('[LATER2] the greeting names the revision, and a session is told of changes', async () => {
  const room = await server.direct(ada, ben);
  const { token } = ada;
  const before = await server.open(token);
  expect(before.of('welcome')[0]).not.toHaveProperty('scheduled');
  const body = {
    room,
    clientMessageId: server.nextId(),
    at: server.clock.now() + 60_000,
    content: text('x'),
  };
  await server.client.call('schedule', { token, body });
  const { revision } = await before.take('scheduled');
  expect(revision).toBeDefined();
  const after = await server.open(token);
  expect(after.of('welcome')[0]).toMatchObject({ scheduled: revision });
  await pass(60_000);
  expect(await after.take('scheduled')).toEqual({ kind: 'scheduled' });
});

test('[LATER1][ORD4] a session schedules for a room in the same breath in which it makes it, and cancels in order', async () => {
  const session = await server.open(ada.token);
  const room = directRoomId(ada.user, ben.user);
  const at = server.clock.now() + 60_000;
  const [make, plan, drop, keep] = [server.nextId(), server.nextId(), server.nextId(), server.nextId()];
  session.say({ kind: 'create', roomKind: 'direct', room, clientMessageId: make, user: ben.user });
  session.say({ kind: 'schedule', room, clientMessageId: plan, at, content: text('dropped') });
  const scheduled = scheduledIdOf(ada.device, room, plan);
  session.say({ kind: 'unschedule', room, clientMessageId: drop, scheduled });
  session.say({ kind: 'schedule', room, clientMessageId: keep, at, content: text('kept') });
  const answered = () => session.of('accepted').map(({ clientMessageId }) => clientMessageId);
  while (answered().length < 4) await session.take('accepted');
  expect(answered()).toEqual([make, plan, drop, keep]);
  expect(session.of('refused')).toEqual([]);
  const { items } = await server.client.call('listScheduled', { token: ada.token });
  expect(items).toMatchObject([{ room, content: text('kept') }]);
});

test('[LATER4] a room with a timer lets what was scheduled vanish, too', async () => {
  const room = await server.direct(ada, ben);
  const { token } = ada;
  const body = {
    room,
    clientMessageId: server.nextId(),
    at: server.clock.now() + 60_000,
    content: text('x'),
  };
  await server.client.call('schedule', { token, body });
  const timer = { kind: 'set-timer', room, clientMessageId: server.nextId(), seconds: 10 } as const;
  await server.client.call('postCommand', { token, body: timer });
  await pass(60_000);
  const read = async () => (await server.client.call('getEvents', { token, params: { room } })).events;
  expect((await read()).at(-1)).toMatchObject({ content: text('x'), expiresAfter: 10 });
  await pass(10_000);
  await pass(1_000);
  expect((await read()).map(({ kind }) => kind)).toEqual(['created', 'timer-set', 'message', 'expired']);
  expect((await read())[2]).not.toHaveProperty('content');
});
