import { expect, test } from 'bun:test';
import path from 'node:path';
import type { MaruClient, TransportKind } from '@maru/client';
import { limits, type PollAnswer } from '@maru/protocol';
import { roomFaults } from './converge.ts';
import { apiOf, Devices, TRANSPORTS } from './devices.ts';
import { startFaultProxy, type Wall } from './fault-proxy.ts';
import { seedPeople } from './people.ts';
import { logFaults, readLog, textOf } from './read-log.ts';
import { SaidMessages } from './said.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ANSWERED_MS = 30_000;
const MESSAGES = 40;
/** The first try of a socket beside the polls comes within half a minute; on a machine that stumbles, another one does. */
const CLIMBED_MS = 100_000;
const BETWEEN_MESSAGES_MS = 20;

/** A server with two people behind a proxy, and how to talk with them. */
async function behindProxy(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const [mina, jun] = await seedPeople(dataFolder, ['미나', '준']);
  const [minas, juns] = [mina?.devices[0], jun?.devices[0]];
  if (minas === undefined || juns === undefined) throw new Error('two people were asked for');
  const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
  const proxy = stack.use(await startFaultProxy(server.port, 1));
  const devices = stack.use(new Devices(`http://127.0.0.1:${proxy.port}`));
  return { server, proxy, devices, minas, juns };
}

test.each(['eats', 'cuts', 'swallows'] as const satisfies readonly Wall[])(
  '[WIRE8] a conversation goes on behind a proxy that %s WebSockets',
  async (wall) => {
    await using stack = new AsyncDisposableStack();
    const { server, proxy, devices, minas, juns } = await behindProxy(stack);
    proxy.wall = wall;
    const [mina, jun] = [await devices.open(minas), await devices.open(juns)];
    devices.hurry();
    const { room, sending } = await mina.commands.openDirect(juns.user);
    expect(await sending?.outcome()).toMatchObject({ kind: 'accepted' });
    await jun.until(() => jun.room(room) !== undefined, AbortSignal.timeout(ANSWERED_MS));
    for (const client of [mina, jun]) {
      await client.online(AbortSignal.timeout(ANSWERED_MS));
      expect(client.connection).toEqual({ state: 'online', transport: 'long-poll' });
    }
    for (let n = 0; n < MESSAGES; n++) {
      const [from, to] = n % 2 === 0 ? [mina, jun] : [jun, mina];
      const outcome = await (await from.commands.send(room, `${n} 안녕`)).outcome();
      if (outcome.kind !== 'accepted') throw new Error('it was refused');
      await to.until(
        () => (to.room(room)?.latest?.seq ?? 0) >= outcome.seq,
        AbortSignal.timeout(ANSWERED_MS),
      );
    }
    const log = await readLog(apiOf(server.url, juns), room);
    expect(logFaults(room, log)).toEqual([]);
    const said = log.filter(({ kind }) => kind === 'message').map((event) => textOf(event));
    expect(said).toEqual(Array.from({ length: MESSAGES }, (_, n) => `${n} 안녕`));
    expect(proxy.done.walled).toBeGreaterThan(1);
    expect(devices.faults).toEqual([]);
  },
  { timeout: 120_000 },
);

test(
  '[WIRE8][WIRE9][ONCE1][ORD1][ORD4][SYNC1] who talks through a wall is on a socket once it is gone, and behind it again when it is back',
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, proxy, devices, minas, juns } = await behindProxy(stack);
    proxy.wall = 'eats';
    const clients = [await devices.open(minas), await devices.open(juns)] as const;
    devices.hurry();
    const [mina] = clients;
    const { room, sending } = await mina.commands.openDirect(juns.user);
    await sending?.outcome();
    for (const client of clients)
      await client.until(() => client.room(room) !== undefined, AbortSignal.timeout(ANSWERED_MS));
    const said = new SaidMessages();
    /** Both talk, without waiting for answers, until both are online over this transport, and a little longer. */
    const talkUntil = async (transport: TransportKind, withinMs: number) => {
      const deadline = AbortSignal.timeout(withinMs);
      for (let more = MESSAGES; more > 0; ) {
        deadline.throwIfAborted();
        for (const client of clients) await said.say(client, room, `${said.count} 안녕`);
        if (clients.every((client) => isOnline(client, transport))) more--;
        await Bun.sleep(BETWEEN_MESSAGES_MS);
      }
    };
    await talkUntil('long-poll', ANSWERED_MS);
    expect(proxy.done.walled).toBeGreaterThan(1);
    proxy.wall = 'none';
    await talkUntil('websocket', CLIMBED_MS);
    proxy.wall = 'eats';
    proxy.cutAll();
    await talkUntil('long-poll', CLIMBED_MS);

    await said.accepted(ANSWERED_MS);
    const logs = new Map([[room, await readLog(apiOf(server.url, juns), room)]]);
    const wrong = await roomFaults(logs, said, clients, ANSWERED_MS);
    expect([...wrong, ...devices.faults]).toEqual([]);
  },
  { timeout: 300_000 },
);

function isOnline({ connection }: MaruClient, transport: TransportKind): boolean {
  return connection.state === 'online' && connection.transport === transport;
}

test.each(TRANSPORTS)('[WIRE7] over %s a device uses few connections, again and again', async (transport) => {
  await using stack = new AsyncDisposableStack();
  const { proxy, devices, minas, juns } = await behindProxy(stack);
  const mina = await devices.open(minas, { transport });
  await mina.online();
  const { room } = await mina.commands.openDirect(juns.user);
  for (let n = 0; n < MESSAGES; n++) await (await mina.commands.send(room, `${n}`)).outcome();
  // What waits, what speaks, and what asks where to connect.
  expect(proxy.done.connections).toBeLessThanOrEqual(4);
  expect(proxy.done.connections).toBeGreaterThan(0);
});

test(
  '[POLL3] a poll may wait longer than the runtime lets a connection be idle',
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, minas } = await behindProxy(stack);
    const poll = async (body: object): Promise<PollAnswer> => {
      const headers = { authorization: `Bearer ${minas.token}`, 'content-type': 'application/json' };
      const request = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await (await fetch(`${server.url}/v1/poll`, request)).json()) as PollAnswer;
    };
    const hello = { kind: 'hello', versions: [1] };
    const { session, frames } = await poll({ n: 1, wait: limits.POLL_WAIT_MS_MAX, frames: [hello] });
    expect(frames.map(({ kind }) => kind)).toEqual(['welcome']);
    expect(await poll({ session, n: 2, wait: 12_000 })).toEqual({ n: 2, frames: [] });
  },
  { timeout: 120_000 },
);
