import path from 'node:path';
import { type PlannedRoom, writePlan } from '../load/plan.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import type { Person } from '../seed/seed.ts';
import { withSeed } from '../seed/with-seed.ts';
import { startMaru } from '../server/start-server.ts';
import type { SeededPlan } from './pairs/pairs-plan.ts';

/** People of one room that changes while all are away. */
const GROUP = 10;

/** The network is gone for a moment, for everybody. */
export const storm: Scenario = {
  name: 'storm',
  about:
    '15,000 sessions cut at once and back with cursors, each with something to fetch; a bystander talks on',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const { dataFolder, plan } = await seedStorm(bench.folder('storm'), bench.smoke ? 200 : 15_000);
  await using server = await startMaru(dataFolder);
  await using run = bench.generator.start('storm', {
    plan,
    port: server.port,
    addresses: 250,
    // As the SDK's first try (BACKOFF_FIRST_MS): nobody waits for anybody.
    jitterMs: 1_000,
    rate: 100,
    calmS: bench.smoke ? 0.3 : 3,
  });
  await run.phase('ready');
  run.goOn();
  const { seconds, empty, bystander, calm } = await run.result();
  if (empty > 0) throw new Error(`${empty} sessions came back and got nothing new`);
  await server.stop();
  return [
    { metric: 'all in sync after', value: seconds, unit: 's', atMost: 15 },
    {
      metric: "a bystander's p99 meanwhile",
      value: bystander.p99,
      unit: 'ms',
      atMost: 150,
      reference: calm.p99,
      note: 'the reference is the same pair before the storm',
    },
  ];
}

async function seedStorm(folder: string, count: number): Promise<SeededPlan> {
  const dataFolder = path.join(folder, 'data');
  const plan = path.join(folder, 'plan');
  await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(count + 2);
    const [a, b, ...others] = people as [Person, Person, ...Person[]];
    const rooms: PlannedRoom[] = [{ room: await seed.direct(a, b), sender: 0, receiver: 1 }];
    for (let first = 0; first < others.length; first += GROUP) {
      const members = others.slice(first, first + GROUP) as [Person, ...Person[]];
      rooms.push({ room: await seed.group(members), sender: first + 2, receiver: first + 3 });
    }
    writePlan(plan, { tokens: people.map(({ token }) => token), rooms });
  });
  return { dataFolder, plan };
}
