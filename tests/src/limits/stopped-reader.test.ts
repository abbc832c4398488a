import { expect, test } from 'bun:test';
import path from 'node:path';
import { closeCodes, type Event } from '@maru/protocol';
import { caughtUp, deviceFaults, roomFaults } from '../processes/converge.ts';
import { apiOf, Devices } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { readLog } from '../processes/read-log.ts';
import { SaidMessages } from '../processes/said.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { RawConnection } from './raw-connection.ts';
import { freePort, readMetrics } from './server-metrics.ts';

/** About what travels whole: so the reader's buffers are full soon. */
const TEXT = '긴 글 '.repeat(500);
/** No more on the way at a time than a connection may have. */
const AT_A_TIME = 50;
/** Said when it has been told, for the others alone. */
const MORE = 500;
const ANSWERED_MS = 40_000;

test(
  '[SLOW1][SLOW2][SLOW3] a reader that stops is told to sync and cut; it has no gap before that, and the others get everything',
  async () => {
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const [a, b, c] = await seedPeople(dataFolder, ['가영', 'Bo', 'Slow'], 1);
    const [speaker, listener, slow] = [a?.devices[0], b?.devices[0], c?.devices[0]];
    if (speaker === undefined || listener === undefined || slow === undefined)
      throw new Error('three people');
    const metricsPort = await freePort();
    const flags = [...FREE_RATES, `--metrics-port=${metricsPort}`];
    const server = stack.use(await ServerProcess.start({ dataFolder, flags }));
    const devices = stack.use(new Devices(server.url));
    const [one, two] = [await devices.open(speaker), await devices.open(listener)];
    const creating = await one.commands.createGroup('all', [listener.user, slow.user]);
    await creating.outcome();
    const { room } = creating;
    const raw = stack.use(await RawConnection.session(server.port, { token: slow.token }));
    await two.until(() => two.room(room) !== undefined);

    raw.stall();
    const said = new SaidMessages();
    const say = async (count: number) => {
      for (let n = 1; n <= count; n++) {
        const sending = await said.say(n % 2 === 0 ? one : two, room, `${n} ${TEXT}`);
        if (n % AT_A_TIME === 0) await sending.outcome();
      }
    };
    // It lives, and says so, whatever that takes: who is silent is cut off for that.
    while ((await readMetrics(metricsPort))('maru_sessions_slow_total') === 0) {
      raw.say({ kind: 'beat', state: 'active' });
      await say(AT_A_TIME);
    }
    await say(MORE);
    await said.accepted(ANSWERED_MS);
    for (const client of [one, two]) {
      const hasAll = () => client.room(room)?.latest?.seq === said.count + 1;
      await client.until(hasAll, AbortSignal.timeout(ANSWERED_MS));
    }

    raw.resume();
    expect(await raw.end()).toBe(closeCodes.slow.code);
    const log = await readLog(apiOf(server.url, speaker), room);
    const logs = new Map([[room, log]]);
    const wrong = await roomFaults(logs, said, devices.clients, ANSWERED_MS);
    expect([...wrong, ...devices.faults]).toEqual([]);
    const seen = raw.frames
      .filter((frame) => frame.kind === 'events' && frame.room === room)
      .flatMap((frame) => frame.events as Event[])
      .map(({ seq }) => seq as number);
    expect(seen.length).toBeLessThan(log.length);
    expect(seen).toEqual(seen.map((_, n) => (seen[0] ?? 0) + n));

    // It comes back and syncs, as it was told.
    const back = await devices.open(slow);
    await caughtUp(back, logs, ANSWERED_MS);
    expect(await deviceFaults(back, logs)).toEqual([]);
  },
  { timeout: 120_000 },
);
