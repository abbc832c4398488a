import { expect, test } from 'bun:test';
import path from 'node:path';
import { newRoomId, newUserId, nextClientMessageId, type RoomId } from '@maru/protocol';
import { Bystanders } from '../limits/bystanders.ts';
import { freePort, readMetrics } from '../limits/server-metrics.ts';
import { apiOf } from '../processes/devices.ts';
import { type PersonIdentity, seedPeople } from '../processes/people.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { verifyFindings } from '../processes/verify-findings.ts';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { type Attacked, attack } from './attack.ts';

const WARM_UP_MS = 2_000;
const ATTACK_MS = 4_000;
const SETTLED_MS = 10_000;
const CONNECTIONS = 4;
const MEMORY = 'process_resident_memory_bytes';
/** What may stay of an attack: what was granted is kept, and a garbage collector is not in a hurry. */
const GROWTH_BYTES_MAX = 64_000_000;
/** The server's numbers of the moment when nobody but the two is there, and nothing is under way. */
const CALM = {
  maru_sessions: 2,
  maru_sessions_awaiting_hello: 0,
  maru_commands_in_flight: 0,
  maru_commit_queue_entries: 0,
  maru_views_lag_entries: 0,
};

const seed = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);

test(
  `[WIRE3] whatever anybody sends: the server lives, does not grow, and two who talk beside it miss nothing (seed ${seed})`,
  async () => {
    console.log(`MARU_TEST_SEED=${seed} repeats this`);
    const random = new SeededRandom(seed);
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Mallory', 'Trudy']);
    const metricsPort = await freePort();
    const flags = [...FREE_RATES, `--metrics-port=${metricsPort}`];
    const server = stack.use(await ServerProcess.start({ dataFolder, flags }));
    const bystanders = stack.use(await Bystanders.meet(server.url, people));
    await bystanders.talk(20);
    const attackers = people.slice(2);
    const rooms = [await ownRoom(server, attackers), bystanders.room, newRoomId()];
    const users = [...attackers.map(({ user }) => user), newUserId()];

    const attackFor = async (ms: number): Promise<Attacked[]> => {
      const ended = AbortSignal.timeout(ms);
      const attacks = Array.from({ length: CONNECTIONS }, (_, n) => {
        const token = attackers[n % attackers.length]?.devices[0]?.token ?? '';
        return attack({ port: server.port, token, scene: { rooms, users }, random: random.fork() }, ended);
      });
      const all = Promise.all(attacks);
      await bystanders.talk(all);
      return await all;
    };
    await attackFor(WARM_UP_MS);
    const warm = await settled(metricsPort);
    const done = await attackFor(ATTACK_MS);
    const end = await settled(metricsPort);

    for (const each of done) expect(Object.values(each).every((count) => count > 0)).toBeTrue();
    const grown = end(MEMORY) - warm(MEMORY);
    expect(grown).toBeLessThan(GROWTH_BYTES_MAX);
    expect(await bystanders.faults()).toEqual([]);
    expect(server.starts).toBe(1);
    // All that it logged is there once it has ended; before that a line may be there in part.
    expect(await server.terminate()).toBe(0);
    expect(faultsIn(server.logged)).toEqual([]);
    expect(await verifyFindings(dataFolder)).toEqual([]);
  },
  { timeout: 120_000 },
);

/** A room that the attackers may do things in. */
async function ownRoom(server: ServerProcess, people: readonly PersonIdentity[]): Promise<RoomId> {
  const [maker] = people[0]?.devices ?? [];
  if (maker === undefined) throw new Error('nobody attacks');
  const room = newRoomId();
  const clientMessageId = nextClientMessageId(
    undefined,
    Date.now(),
    crypto.getRandomValues(new Uint8Array(10)),
  );
  const users = people.map(({ user }) => user);
  const group = { roomKind: 'group', name: 'their own', history: 'all', users } as const;
  await apiOf(server.url, maker).postCommand({ body: { kind: 'create', room, clientMessageId, ...group } });
  return room;
}

/** The server's figures, once it is calm. */
async function settled(port: number): ReturnType<typeof readMetrics> {
  const expired = performance.now() + SETTLED_MS;
  for (;;) {
    const figure = await readMetrics(port);
    const unlike = Object.entries(CALM).filter(([name, value]) => figure(name) !== value);
    if (unlike.length === 0) return figure;
    if (performance.now() > expired)
      throw new Error(unlike.map(([name]) => `${name} stays at ${figure(name)}`).join(', '));
    await Bun.sleep(50);
  }
}

/** Lines of the server's log that tell of a fault of its own. */
function faultsIn(logged: string): string[] {
  return logged.split('\n').filter((line) => line !== '' && JSON.parse(line).level >= PINO_ERROR);
}

const PINO_ERROR = 50;
