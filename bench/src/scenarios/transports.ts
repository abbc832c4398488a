import path from 'node:path';
import { type LoadResults, typescriptGenerator } from '../load/generator.ts';
import { type PlannedRoom, writePlan } from '../load/plan.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { withSeed } from '../seed/with-seed.ts';
import { NO_PROC, processorShare } from '../server/process-figures.ts';
import { startMaru } from '../server/start-server.ts';
import type { SeededPlan } from './pairs/pairs-plan.ts';

const CARRIERS = [
  { name: 'poll 1 s', kind: 'poll', everyMs: 1_000 },
  { name: 'poll 5 s', kind: 'poll', everyMs: 5_000 },
  { name: 'long poll', kind: 'long-poll', everyMs: 0 },
  { name: 'WebSocket', kind: 'websocket', everyMs: 0 },
] as const;
/** Messages of one busy device. */
const BUSY_PER_SECOND = 0.2;
type Carrier = (typeof CARRIERS)[number];
type Result = LoadResults['transports'];

interface Size {
  readonly quiet: number;
  readonly busy: number;
  readonly warmupS: number;
  readonly seconds: number;
}

/** What a device costs by how it reaches the server. */
export const transports: Scenario = {
  name: 'transports',
  about:
    '1,000 quiet and 100 busy devices over plain polls (1 s, 5 s), long polls and WebSockets: what each costs',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const size = bench.smoke
    ? { quiet: 10, busy: 4, warmupS: 0.2, seconds: 1 }
    : { quiet: 1_000, busy: 100, warmupS: 25, seconds: 40 };
  const seeded = await seedPeople(bench.folder('transports'), size);
  const measured: Measured[] = [];
  for (const carrier of CARRIERS) {
    bench.say(carrier.name);
    measured.push(...(await overOne(seeded, carrier, size)));
  }
  return measured;
}

async function overOne({ dataFolder, plan }: SeededPlan, carrier: Carrier, size: Size): Promise<Measured[]> {
  await using server = await startMaru(dataFolder);
  const { kind, everyMs, name } = carrier;
  const { warmupS, seconds } = size;
  // The SDK's own transports are what is measured, so that there is no such load in C.
  const options = { plan, port: server.port, kind, everyMs, rate: BUSY_PER_SECOND, warmupS, seconds };
  await using run = typescriptGenerator().start('transports', options);
  await run.phase('ready');
  run.goOn();
  await run.phase('measuring');
  const spent = await processorShare(server.pid, seconds * 1_000);
  const result = await run.result();
  if (result.doubled > 0) throw new Error(`${result.doubled} messages arrived twice`);
  await server.stop();
  return rowsOf(name, size, result, spent);
}

function rowsOf(
  name: string,
  size: Size,
  { quiet, busy, toReceived }: Result,
  spent: number | undefined,
): Measured[] {
  const row = (metric: string, value: number | undefined, unit: string): Measured => ({
    metric: `${name}: ${metric}`,
    value,
    unit,
  });
  const perMinute = (count: number, devices: number) => (count * 60) / size.seconds / devices;
  const bytes = ({ bytesUp, bytesDown }: Result['quiet']) => (bytesUp + bytesDown) / 1_000;
  const percent = ({ empty, requests }: Result['quiet']) => (requests === 0 ? 0 : (100 * empty) / requests);
  const devices = size.quiet + size.busy;
  return [
    row('requests of a quiet device', perMinute(quiet.requests, size.quiet), '/min'),
    row('of them brought nothing', percent(quiet), '%'),
    row('bytes of a quiet device, both ways', perMinute(bytes(quiet), size.quiet), 'KB/min'),
    row('requests of a busy device', perMinute(busy.requests, size.busy), '/min'),
    row('bytes of a busy device, both ways', perMinute(bytes(busy), size.busy), 'KB/min'),
    row('TCP handshakes of a device to open', (quiet.handshakes + busy.handshakes) / devices, ''),
    row('and later', perMinute(quiet.handshakesLater + busy.handshakesLater, devices), '/min'),
    {
      ...row('processor of the server, all devices', spent, '% of a core'),
      ...(spent === undefined && { note: NO_PROC }),
    },
    row('p50, send to received', toReceived.p50, 'ms'),
    row('p99, send to received', toReceived.p99, 'ms'),
  ];
}

/** The busy come first, two in a room; each of the quiet has a room with another. */
async function seedPeople(folder: string, { quiet, busy }: Size): Promise<SeededPlan> {
  const dataFolder = path.join(folder, 'data');
  const plan = path.join(folder, 'plan');
  await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(busy + quiet);
    const rooms: PlannedRoom[] = [];
    for (let n = 0; n + 1 < people.length; n += 2) {
      const [a, b] = people.slice(n, n + 2);
      if (a === undefined || b === undefined) continue;
      const room = await seed.direct(a, b);
      if (n < busy) rooms.push({ room, sender: n, receiver: n + 1 });
    }
    writePlan(plan, { tokens: people.map(({ token }) => token), rooms });
  });
  return { dataFolder, plan };
}
