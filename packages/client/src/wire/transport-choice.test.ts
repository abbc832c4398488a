import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { Disconnected } from '../errors.ts';
import { at, cursorAt, entry, messages, page, ROOM, synced, welcome } from '../testing/fixtures.ts';
import { goOnline, startClient, type World } from '../testing/online-client.ts';
import { ScriptedPolls } from '../testing/scripted-polls.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';
import type { TransportOption } from './transport-choice.ts';

interface Walled extends World {
  readonly polls: ScriptedPolls;
  network: string;
}

/** A client before whose server stands something: a test says what becomes of sockets and of polls. */
async function walled(transport?: TransportOption, pollMs?: number): Promise<Walled> {
  const server = new ScriptedServer();
  const polls = new ScriptedPolls();
  const { environment } = server;
  const place = { network: 'home' };
  const options = {
    environment: {
      ...environment,
      network: () => place.network,
      http: (request: Parameters<typeof polls.http>[0]) =>
        request.url.endsWith('/poll') ? polls.http(request) : environment.http(request),
    },
    ...(transport !== undefined && { transport }),
    ...(pollMs !== undefined && { pollMs }),
  };
  const world = await startClient(options, server);
  return Object.assign(place, { ...world, polls });
}

/** Lets time pass until the client polls. */
async function untilPoll({ server, polls }: Walled, count = polls.all.length + 1): Promise<void> {
  for (let ms = 0; polls.all.length < count; ms += 100) {
    if (ms > 20_000) throw new Error('it does not poll');
    await server.clock.advance(100);
  }
}

/** Greets over polls, as a server with one room. */
async function greetPolls(world: Walled): Promise<void> {
  const { server, polls } = world;
  await polls.last.answer([welcome()]);
  await server.clock.advance(50);
  const sync = polls.last.frames.find((frame) => frame.kind === 'sync');
  if (sync?.kind !== 'sync') throw new Error('it does not sync');
  await polls.last.answer([synced(sync.id, [entry(messages(1, 3))])]);
  await server.clock.advance(50);
}

/** On long polls, for the socket was refused. */
async function fallen(): Promise<Walled> {
  const world = await walled();
  await world.server.connection.close(1006);
  await untilPoll(world);
  await greetPolls(world);
  return world;
}

test('[WIRE8] a socket that is refused gives way to long polls, and the client says so', async () => {
  const { client, polls } = await fallen();
  expect(client.connection).toEqual({ state: 'online', transport: 'long-poll' });
  expect(polls.last.wait).toBe(20_000);
  // Whether somebody is there is told before the first long wait.
  expect(polls.all.flatMap(({ kinds }) => kinds)).toEqual(['hello', 'sync', 'beat']);
  expect(client.room(ROOM)?.latest?.seq).toBe(messages(3, 3)[0]?.seq);
});

test.each(['long-poll', 'poll'] as const)(
  '[SOFT4] by %s the first beat goes along with the sync',
  async (transport) => {
    const world = await walled(transport);
    await untilPoll(world);
    await greetPolls(world);
    expect(world.client.connection).toMatchObject({ state: 'online' });
    expect(world.polls.all.flatMap(({ kinds }) => kinds)).toEqual(['hello', 'sync', 'beat']);
  },
);

test('[WIRE8] a socket that is swallowed, or opens and is never greeted, is waited for so long and no longer', async () => {
  for (const opens of [false, true]) {
    const world = await walled();
    if (opens) world.server.connection.open();
    await world.server.clock.advance(limits.SOCKET_GREETING_MS_MAX - 1);
    expect([world.server.connection.closed, world.polls.all.length]).toEqual([false, 0]);
    await world.server.clock.advance(1);
    expect(world.server.connection.closed).toBe(true);
    await untilPoll(world);
    await greetPolls(world);
    expect(world.client.connection).toEqual({ state: 'online', transport: 'long-poll' });
  }
});

test('[WIRE8] sockets that are greeted and cut at once give way at the second, and those that lived do not', async () => {
  for (const [livedMs, falls] of [
    [1_000, true],
    [11_000, false],
  ] as const) {
    const world = await walled();
    for (let round = 0; round < 2; round++) {
      await goOnline(world);
      await world.server.clock.advance(livedMs);
      await world.server.connection.push(welcome());
      const before = world.server.connections.length;
      await world.server.connection.close(1006);
      while (world.server.connections.length === before && world.polls.all.length === 0)
        await world.server.clock.advance(100);
    }
    expect(world.polls.all.length > 0).toBe(falls);
  }
});

test('[WIRE8] what the server itself says on a socket is no wall; a server that is not there is none, either', async () => {
  const told = await walled();
  told.server.connection.open();
  await told.server.connection.close(4_007);
  await told.server.clock.advance(2_000);
  expect([told.server.connections.length, told.polls.all.length]).toEqual([2, 0]);
  const gone = await walled();
  gone.polls.down = true;
  await gone.server.connection.close(1006);
  await gone.server.clock.advance(20_000);
  expect(gone.server.connections.length).toBeGreaterThan(1);
  expect(gone.client.connection).not.toMatchObject({ state: 'online' });
});

test('[WIRE8] where sockets do not work is remembered for a while, network by network', async () => {
  const world = await fallen();
  const { server, polls } = world;
  const sockets = server.connections.length;
  const comeBack = async () => {
    const before = polls.all.length + server.connections.length;
    await polls.last.answer([], { closed: { code: 4_000, reason: 'come back' } });
    while (polls.all.length + server.connections.length === before) await server.clock.advance(100);
  };
  await comeBack();
  expect(server.connections.length).toBe(sockets);
  await polls.last.answer([welcome()]);
  await server.clock.advance(50);
  world.network = 'train';
  await comeBack();
  expect(server.connections.length).toBe(sockets + 1);
});

test('[WIRE9] a socket is tried beside the polls, and the session goes over when it is greeted, with what waits', async () => {
  const world = await fallen();
  const { server, client, polls } = world;
  const sending = await client.commands.send(ROOM, 'on the way');
  await server.clock.advance(50);
  expect(polls.last.kinds).toEqual(['send']);
  const before = server.connections.length;
  await server.clock.advance(31_000);
  // Nothing has come of the polls meanwhile: without an answer they would be left, too.
  expect(server.connections.length).toBe(before + 1);
  server.connection.open();
  const old = polls.last;
  await server.connection.push(welcome({ cursor: cursorAt(2) }));
  expect([old.aborted, polls.last.end]).toEqual([true, true]);
  expect(client.connection).toEqual({ state: 'syncing', transport: 'websocket' });
  await server.connection.push(synced(server.connection.last('sync').id, [], { cursor: cursorAt(2) }));
  expect(client.connection).toEqual({ state: 'online', transport: 'websocket' });
  expect(server.connection.all('send').map(({ clientMessageId }) => clientMessageId)).toEqual([
    sending.clientMessageId as never,
  ]);
  const polled = polls.all.length;
  await server.clock.advance(4_000);
  expect(polls.all.length).toBe(polled);
});

test('[WIRE9] who reads history while the session goes over notices nothing', async () => {
  const world = await fallen();
  const { server, client, polls } = world;
  const jump = client.jumpTo(ROOM, at(500));
  await server.clock.advance(50);
  expect(polls.last.kinds).toContain('history');
  const before = server.connections.length;
  while (server.connections.length === before) await server.clock.advance(100);
  server.connection.open();
  await server.connection.push(welcome());
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ room: ROOM, from: at(500), direction: 'around' });
  await server.connection.push(page(asked.id, messages(480, 520), 1_000));
  expect(await jump).toBe(true);
  // A cut is told as ever: nobody knows when there is an answer again.
  const second = client.jumpTo(ROOM, at(700));
  await settle();
  await server.connection.close(1006);
  expect(second).rejects.toThrow(Disconnected);
});

test('[WIRE9] a socket that is cut as soon as it was gone over to is left at once, and the next one comes later', async () => {
  const world = await fallen();
  const { server, client, polls } = world;
  const climb = async () => {
    const before = server.connections.length;
    let ms = 0;
    for (; server.connections.length === before; ms += 1_000) {
      if (ms % 15_000 === 0) await polls.answerAll();
      await server.clock.advance(1_000);
    }
    return ms;
  };
  const gaps: number[] = [];
  for (let round = 0; round < 4; round++) {
    gaps.push(await climb());
    server.connection.open();
    await server.connection.push(welcome());
    expect(client.connection).toEqual({ state: 'online', transport: 'websocket' });
    await server.connection.close(1006);
    await untilPoll(world);
    await polls.last.answer([welcome()]);
    await server.clock.advance(50);
    expect(client.connection).toEqual({ state: 'online', transport: 'long-poll' });
  }
  expect(gaps[0]).toBeLessThan(31_000);
  expect(gaps[3]).toBeGreaterThan(100_000);
});

test('[WIRE9] sockets that are still eaten are tried later and later, and disturb nothing', async () => {
  const world = await fallen();
  const { server, client, polls } = world;
  const tried: number[] = [];
  const known = () => server.connections.length;
  for (let last = known(), ms = 0; ms < 1_500_000; ms += 1_000) {
    await server.clock.advance(1_000);
    if (ms % 15_000 === 0) await polls.answerAll();
    if (known() > last) tried.push(ms);
    last = known();
    expect(client.connection).toMatchObject({ state: 'online', transport: 'long-poll' });
  }
  const gaps = tried.map((at, i) => at - (tried[i - 1] ?? 0));
  expect(gaps[0]).toBeWithin(14_000, 36_000);
  expect(gaps.length).toBeWithin(4, 9);
  expect(Math.max(...gaps)).toBeGreaterThan(200_000);
  // Each was given up.
  expect(server.connections.slice(0, -1).every(({ closed }) => closed)).toBe(true);
});

test('whoever names a transport gets that one and no other', async () => {
  const socket = await walled('websocket');
  for (let i = 0; i < 5; i++) {
    await socket.server.connection.close(1006);
    await socket.server.clock.advance(20_000);
  }
  expect(socket.polls.all).toEqual([]);
  for (const [transport, wait] of [
    ['poll', 0],
    ['long-poll', 20_000],
  ] as const) {
    const world = await walled(transport, 2_000);
    await world.server.clock.advance(50);
    await greetPolls(world);
    // Who has just said something listens for a second.
    await world.server.clock.advance(1_000);
    await world.polls.last.answer();
    await world.server.clock.advance(2_500);
    await settle();
    expect([world.polls.last.wait, world.server.connections.length]).toEqual([wait, 0]);
    expect(world.client.connection).toEqual({ state: 'online', transport });
  }
});

test('a pace of polls that no server bears is refused', async () => {
  for (const pollMs of [99, 25_001, Number.NaN]) {
    await expect(walled('poll', pollMs)).rejects.toThrow('pollMs');
  }
});

test('another transport that is chosen takes effect at once, and holds', async () => {
  const world = await walled();
  const { server, client, polls } = world;
  await goOnline(world);
  expect(client.connection).toEqual({ state: 'online', transport: 'websocket' });
  client.setTransport('long-poll');
  await untilPoll(world);
  await polls.last.answer([welcome()]);
  await server.clock.advance(50);
  for (const poll of polls.all) {
    const sync = poll.frames.find((frame) => frame.kind === 'sync');
    if (sync?.kind === 'sync') await poll.answer([synced(sync.id, [])]);
  }
  expect(client.connection).toEqual({ state: 'online', transport: 'long-poll' });
  const sockets = server.connections.length;
  for (let ms = 0; ms < 120_000; ms += 10_000) {
    await server.clock.advance(10_000);
    await polls.answerAll();
  }
  expect(server.connections).toHaveLength(sockets);
  client.setTransport('long-poll');
  expect(client.connection).toEqual({ state: 'online', transport: 'long-poll' });
  client.setTransport('auto');
  await settle();
  expect(client.connection).toEqual({ state: 'connecting', transport: 'websocket' });
  expect(server.connections).toHaveLength(sockets + 1);
});
