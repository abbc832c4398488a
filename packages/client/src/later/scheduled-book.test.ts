import { expect, test } from 'bun:test';
import { type ScheduledItem, scheduledIdOf } from '@maru/protocol';
import {
  at,
  entry,
  events,
  MY_DEVICE,
  message,
  messageId,
  messages,
  ROOM,
  roomNumber,
  welcome,
} from '../testing/fixtures.ts';
import { onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { json, ScriptedServer } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

const item = (n: number, more: Partial<ScheduledItem> = {}): ScheduledItem => ({
  scheduled: scheduledIdOf(MY_DEVICE, ROOM, messageId(n)),
  room: ROOM,
  at: n * 1_000,
  state: 'waiting',
  content: { type: 'text', text: `later ${n}` },
  ...more,
});

/** What the server has scheduled, which a test changes. */
class Schedules {
  revision: number | undefined;
  items: ScheduledItem[] = [];
  asked = 0;

  constructor(server: ScriptedServer) {
    server.http = ({ method, url }) => {
      if (method !== 'GET' || !url.endsWith('/v1/scheduled')) return undefined;
      this.asked++;
      return json(200, { revision: this.revision, items: this.items });
    };
  }

  set(revision: number | undefined, ...items: ScheduledItem[]): void {
    this.revision = revision;
    this.items = items;
  }
}

const listed = ({ client }: Pick<World, 'client'>) =>
  client
    .scheduled()
    .map(({ at: when, state, content }) => [when, state, 'text' in content ? content.text : '']);

test('[LATER2] a device reads what is scheduled when the greeting or a notice names what it does not have, and only then', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server } = world;
  const schedules = new Schedules(server);
  expect(schedules.asked).toBe(0);
  schedules.set(4, item(2), item(1));
  await server.connection.push({ kind: 'scheduled', revision: 4 });
  expect(listed(world)).toEqual([
    [1_000, 'waiting', 'later 1'],
    [2_000, 'waiting', 'later 2'],
  ]);
  expect(world.client.scheduled(roomNumber(2))).toEqual([]);
  await server.connection.push({ kind: 'scheduled', revision: 4 });
  expect(schedules.asked).toBe(1);
  schedules.set(5, item(2, { state: 'failed', error: 'not-found' }));
  await server.connection.close(1006);
  await reconnect(world);
  server.connection.open();
  await server.connection.push(welcome({ scheduled: 5 }));
  expect(listed(world)).toEqual([[2_000, 'failed', 'later 2']]);
  await server.connection.push({ kind: 'scheduled' });
  expect(listed(world)).toEqual([]);
  expect(schedules.asked).toBe(2);
});

test('[LATER2] what could not be read is read later', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server } = world;
  await server.connection.push({ kind: 'scheduled', revision: 1 });
  const schedules = new Schedules(server);
  schedules.set(1, item(1));
  expect(listed(world)).toEqual([]);
  await server.clock.advance(2_000);
  expect(listed(world)).toHaveLength(1);
});

test('[LATER6] without a connection it waits in the outbox, is listed, changed and cancelled, and lasts over a restart', async () => {
  const first = await onlineClient([entry(messages(1, 3))]);
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store });
  const { client } = world;
  await client.commands.schedule(ROOM, '아침 인사', 5_000, { expiresAfter: 60, replyTo: at(2) });
  await client.commands.schedule(ROOM, 'second', 6_000);
  expect(listed(world)).toEqual([
    [5_000, 'sending', '아침 인사'],
    [6_000, 'sending', 'second'],
  ]);
  const [greeting, second] = client.scheduled(ROOM);
  if (greeting === undefined || second === undefined) throw new Error('nothing is listed');
  expect(greeting).toMatchObject({ expiresAfter: 60, replyTo: 2 });
  await client.commands.reschedule(greeting, { at: 7_000, said: '저녁 인사' });
  await client.commands.cancelScheduled(second);
  expect(listed(world)).toEqual([[7_000, 'sending', '저녁 인사']]);
  expect(client.scheduled(ROOM)[0]).not.toHaveProperty('expiresAfter');
  expect(client.scheduled(ROOM)[0]).not.toHaveProperty('replyTo');
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store: world.store });
  expect(listed(again)).toEqual([[7_000, 'sending', '저녁 인사']]);
  // The conversation does not show it.
  await again.client.open(ROOM);
  expect(again.client.room(ROOM)?.messages).toHaveLength(3);
});

test('[LATER6] what the server has taken is listed on, without a gap', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server, client } = world;
  const schedules = new Schedules(server);
  await client.commands.schedule(ROOM, 'soon', 5_000);
  const { clientMessageId } = server.connection.last('schedule');
  const scheduled = scheduledIdOf(MY_DEVICE, ROOM, clientMessageId);
  schedules.set(1, { ...item(5), scheduled, content: { type: 'text', text: 'soon' } });
  await server.connection.push(
    { kind: 'accepted', room: ROOM, clientMessageId, seq: at(3), at: 1 },
    { kind: 'scheduled', revision: 1 },
  );
  expect(listed(world)).toEqual([[5_000, 'waiting', 'soon']]);
  expect(client.room(ROOM)?.failed).toEqual([]);
  const [one] = client.scheduled();
  if (one === undefined) throw new Error('nothing is listed');
  await client.commands.cancelScheduled(one);
  expect(listed(world)).toEqual([]);
  const cancel = server.connection.last('unschedule');
  expect(cancel.scheduled).toBe(scheduled);
  schedules.set(undefined);
  await server.connection.push(
    { kind: 'scheduled' },
    { kind: 'accepted', room: ROOM, clientMessageId: cancel.clientMessageId, seq: at(3), at: 1 },
  );
  await settle();
  expect(listed(world)).toEqual([]);
});

test('[LATER6] a store that is asked without a server says what was scheduled when there was one', async () => {
  const first = await onlineClient([entry(messages(1, 3))]);
  const schedules = new Schedules(first.server);
  schedules.set(2, item(1));
  await first.server.connection.push({ kind: 'scheduled', revision: 2 });
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store }, new ScriptedServer());
  expect(listed(world)).toEqual([[1_000, 'waiting', 'later 1']]);
});

test('[LATER2] what was read before it was sent does not come back', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server } = world;
  const schedules = new Schedules(server);
  schedules.set(1, item(1));
  const read = server.http;
  let asked = 0;
  server.http = (request) => {
    const answer = read(request);
    // Between the answer and its coming, the message is sent.
    if (request.url.endsWith('/v1/scheduled') && asked++ === 0) {
      schedules.set(undefined);
      void server.connection.push({ kind: 'scheduled' });
    }
    return answer;
  };
  await server.connection.push({ kind: 'scheduled', revision: 1 });
  await settle();
  await settle();
  expect(listed(world)).toEqual([]);
});

test('[LATER6] what is scheduled is the same list as long as nothing in it changes, in one room and everywhere', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { client, server } = world;
  const both = () => [client.scheduled(), client.scheduled(ROOM), client.scheduled(roomNumber(2))];
  const isSame = (before: ReturnType<typeof both>) => both().map((list, index) => list === before[index]);
  const none = both();
  expect(isSame(none)).toEqual([true, true, true]);
  await client.commands.schedule(ROOM, 'later', 5_000);
  const sending = both();
  expect(sending[0]).toMatchObject([{ state: 'sending' }]);
  expect(isSame(none)).toEqual([false, false, false]);
  // What else happens is no reason to make it anew.
  await client.commands.send(ROOM, 'now');
  await server.connection.push(events([message(4)]));
  expect(isSame(sending)).toEqual([true, true, true]);
  const { room, clientMessageId } = server.connection.last('schedule');
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(4), at: 9 });
  const [all, here] = both();
  expect([all, here]).toMatchObject([[{ state: 'waiting' }], [{ state: 'waiting' }]]);
  expect(client.scheduled(ROOM)).toBe(here as never);
});
