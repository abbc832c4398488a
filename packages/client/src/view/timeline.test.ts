import { expect, test } from 'bun:test';
import { at, entry, events, message, messages, page, ROOM } from '../testing/fixtures.ts';
import { onlineClient, startClient, type World } from '../testing/online-client.ts';
import { settle } from '../testing/virtual-clock.ts';
import { BESIDE_EVENTS_MAX } from './timeline.ts';

const head = { seq: at(1_000), ordinal: 1_000, at: 9 };
const shown = ({ client }: Pick<World, 'client'>) =>
  (client.room(ROOM)?.messages ?? []).map(({ seq }) => Number(seq));
const numbers = (from: number, to: number) => messages(from, to).map(({ seq }) => Number(seq));

async function answerHistory({ server }: World, from: number, to: number): Promise<void> {
  await settle();
  await server.connection.push(page(server.connection.last('history').id, messages(from, to), 1_000));
}

async function openedClient(): Promise<World> {
  const world = await onlineClient([entry(messages(981, 1_000), { head })]);
  await world.client.open(ROOM);
  return world;
}

test('an unopened room shows no messages, a closed one no more', async () => {
  const world = await onlineClient();
  expect(world.client.room(ROOM)).toMatchObject({ opened: false, messages: [] });
  await world.client.open(ROOM);
  expect(world.client.room(ROOM)).toMatchObject({ opened: true, atStart: true, atEnd: true });
  expect(shown(world)).toEqual([1, 2, 3]);
  world.client.close(ROOM);
  expect(world.client.room(ROOM)).toMatchObject({ opened: false, messages: [] });
});

test('what the store has is shown without a server', async () => {
  const first = await onlineClient();
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store, connect: false });
  await world.client.open(ROOM);
  expect(shown(world)).toEqual([1, 2, 3]);
  expect(world.server.connections).toEqual([]);
});

test('[SYNC6] older messages come page by page, down to the first', async () => {
  const world = await openedClient();
  const { client } = world;
  expect(client.room(ROOM)?.atStart).toBe(false);
  const older = client.loadOlder(ROOM, 20);
  await answerHistory(world, 961, 980);
  expect(await older).toBe(20);
  expect(shown(world)).toEqual(numbers(961, 1_000));
  const rest = client.loadOlder(ROOM, 200);
  await answerHistory(world, 1, 960);
  expect(await rest).toBe(960);
  expect(client.room(ROOM)?.atStart).toBe(true);
  expect(await client.loadOlder(ROOM)).toBe(0);
});

test('[SYNC6] a jump is one read; from there it goes on in both directions until it meets the end', async () => {
  const world = await openedClient();
  const { client, server } = world;
  const jump = client.jumpTo(ROOM, at(500));
  await answerHistory(world, 476, 525);
  expect(await jump).toBe(true);
  expect(server.connection.all('history')).toHaveLength(1);
  expect(shown(world)).toEqual(numbers(476, 525));
  expect(client.room(ROOM)).toMatchObject({ atStart: false, atEnd: false });
  // What comes at the end belongs there.
  await server.connection.push(events([message(1_001)]));
  expect(shown(world).at(-1)).toBe(525);
  for (const from of [526, 726, 926]) {
    const newer = client.loadNewer(ROOM, 1_000);
    await settle();
    expect(server.connection.last('history')).toMatchObject({ from, direction: 'newer', limit: 200 });
    await answerHistory(world, from, Math.min(from + 199, 980));
    expect(await newer).toBe(Math.min(200, 981 - from));
  }
  expect(await client.loadNewer(ROOM)).toBe(21);
  expect(shown(world)).toEqual(numbers(476, 1_001));
  expect(client.room(ROOM)?.atEnd).toBe(true);
  await server.connection.push(events([message(1_002)]));
  expect(shown(world).at(-1)).toBe(1_002);
});

test('a jump to where the store is needs no server, and the way back neither', async () => {
  const world = await onlineClient([entry(messages(1, 200))]);
  const { client, server } = world;
  await client.open(ROOM);
  expect(shown(world)).toEqual(numbers(151, 200));
  expect(await client.jumpTo(ROOM, at(50))).toBe(true);
  expect(shown(world)).toEqual(numbers(25, 75));
  expect(await client.loadOlder(ROOM)).toBe(24);
  await client.jumpToEnd(ROOM);
  expect(shown(world)).toEqual(numbers(151, 200));
  expect(server.connection.all('history')).toEqual([]);
});

test('messages that did not change are the same objects as before', async () => {
  const world = await openedClient();
  const { client, server } = world;
  const before = client.room(ROOM);
  expect(client.room(ROOM)).toBe(before);
  expect(client.rooms).toBe(client.rooms);
  await server.connection.push(events([message(1_001)]));
  const after = client.room(ROOM);
  expect(after).not.toBe(before);
  expect(after?.messages.slice(0, 20)).toEqual(before?.messages as never);
  expect(after?.messages.slice(0, 20).every((line, i) => line === before?.messages[i])).toBe(true);
});

test('listeners hear once of all that happened in one go', async () => {
  const { client, server } = await onlineClient();
  let heard = 0;
  const unsubscribe = client.subscribe(() => heard++);
  await server.connection.push(events([message(4), message(5)]));
  expect(heard).toBe(1);
  unsubscribe();
  await server.connection.push(events([message(6)]));
  expect(heard).toBe(1);
});

test('a window that follows a busy room stays bounded', async () => {
  const world = await openedClient();
  for (let seq = 1_001; seq <= 3_000; seq += 100) {
    await world.server.connection.push(events(messages(seq, seq + 99)));
  }
  const seqs = shown(world);
  expect(seqs.length).toBeLessThanOrEqual(1_500);
  expect(seqs).toEqual(numbers(seqs[0] ?? 0, 3_000));
  expect(await world.client.loadOlder(ROOM)).toBe(50);
  expect(shown(world)).toHaveLength(seqs.length + 50);
});

test('what was scrolled back to stays when something comes; from the end one begins with less again', async () => {
  const world = await onlineClient([entry(messages(1, 2_000))]);
  const { client, server } = world;
  await client.open(ROOM);
  while ((shown(world)[0] ?? 0) > 401) expect(await client.loadOlder(ROOM, 200)).toBeGreaterThan(0);
  const [oldest = 0] = shown(world);
  await server.connection.push(events(messages(2_001, 2_100)));
  expect(shown(world)).toEqual(numbers(oldest, 2_100));
  await client.jumpToEnd(ROOM);
  await server.connection.push(events(messages(2_101, 4_000)));
  expect(shown(world).length).toBeLessThan(1_500);
});

test('[STORE4] what was read from a jump up to the end is not asked for again', async () => {
  const world = await openedClient();
  const { client, server } = world;
  const jump = client.jumpTo(ROOM, at(905));
  await answerHistory(world, 901, 930);
  expect(await jump).toBe(true);
  const newer = client.loadNewer(ROOM, 50);
  await answerHistory(world, 931, 980);
  await newer;
  client.close(ROOM);
  await client.open(ROOM);
  const asked = server.connection.all('history').length;
  while (shown(world)[0] !== 901) expect(await client.loadOlder(ROOM)).toBeGreaterThan(0);
  expect(shown(world)).toEqual(numbers(901, 1_000));
  expect(server.connection.all('history')).toHaveLength(asked);
  // What is older than that was never read.
  const older = client.loadOlder(ROOM, 100);
  await answerHistory(world, 801, 900);
  expect(await older).toBe(100);
});

test('what was scrolled over is freed on one side, and loaded again', async () => {
  const world = await onlineClient([entry(messages(1, 1_000))]);
  const { client, server } = world;
  await client.open(ROOM);
  expect(await client.loadOlder(ROOM, 700)).toBe(700);
  expect(shown(world)).toEqual(numbers(251, 1_000));
  // Not for less than it is worth.
  expect(await client.trim(ROOM, 'newer', at(260 + BESIDE_EVENTS_MAX / 2))).toBe(false);
  expect(await client.trim(ROOM, 'older', at(1_000))).toBe(false);
  expect(await client.trim(ROOM, 'newer', at(240))).toBe(false);
  expect(shown(world)).toHaveLength(750);
  expect(await client.trim(ROOM, 'newer', at(251))).toBe(false);
  await client.loadOlder(ROOM, 200);
  expect(await client.trim(ROOM, 'newer', at(60))).toBe(true);
  expect(shown(world)).toEqual(numbers(51, 560));
  expect(client.room(ROOM)).toMatchObject({ atStart: false, atEnd: false });
  // What comes at the end is not shown here, and is there when one comes there.
  await server.connection.push(events([message(1_001)]));
  expect(shown(world).at(-1)).toBe(560);
  while ((await client.loadNewer(ROOM, 100)) > 0);
  expect(shown(world)).toEqual(numbers(51, 1_001));
  expect(client.room(ROOM)?.atEnd).toBe(true);
  expect(await client.trim(ROOM, 'older', at(1_001))).toBe(true);
  expect(shown(world)).toEqual(numbers(501, 1_001));
  await server.connection.push(events([message(1_002)]));
  expect(shown(world).at(-1)).toBe(1_002);
  client.close(ROOM);
  expect(await client.trim(ROOM, 'older', at(1_001))).toBe(false);
  expect(client.room(ROOM)).toMatchObject({ opened: false });
});
