import path from 'node:path';
import { writePlan } from '../load/plan.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { withSeed } from '../seed/with-seed.ts';
import { NO_PROC, processorShare, residentBytes } from '../server/process-figures.ts';
import { startMaru } from '../server/start-server.ts';

/** Sessions that come first and stay, so that what the program itself needs is not counted on the others. */
const WARM_SESSIONS = 100;

/** Everybody is there and nobody says anything. */
export const idle: Scenario = {
  name: 'idle',
  about: '15,000 signed-in sessions of 15,000 users, each with a room, beats on: memory and processor',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const count = bench.smoke ? 200 : 15_000;
  const { dataFolder, warmPlan, plan } = await seedPeople(bench.folder('idle'), count);
  await using server = await startMaru(dataFolder);
  const load = { port: server.port, addresses: 250 };
  await using warm = bench.generator.start('hold', { ...load, plan: warmPlan });
  await warm.phase('ready');
  await Bun.sleep(bench.smoke ? 100 : 3_000);
  const before = residentBytes(server.pid);
  await using held = bench.generator.start('hold', { ...load, plan });
  await held.phase('ready');
  // Two rounds of beats, so that what signing in left behind is out of the way.
  await Bun.sleep(bench.smoke ? 100 : 10_000);
  const spent = await processorShare(server.pid, bench.smoke ? 500 : 20_000);
  const after = residentBytes(server.pid);
  held.goOn();
  const { beat } = await held.result();
  await server.stop();
  const note = before === undefined ? { note: NO_PROC } : {};
  const each = before === undefined || after === undefined ? undefined : (after - before) / count / 1_000;
  return [
    { metric: 'memory of a session (RSS)', value: each, unit: 'KB', atMost: 4, ...note },
    { metric: 'processor', value: spent, unit: '% of a core', atMost: 10, ...note },
    { metric: 'p99 of a beat', value: beat.p99, unit: 'ms' },
  ];
}

async function seedPeople(folder: string, count: number) {
  const dataFolder = path.join(folder, 'data');
  const [warmPlan, plan] = [path.join(folder, 'warm'), path.join(folder, 'plan')];
  await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(count + WARM_SESSIONS);
    for (let i = 0; i + 1 < people.length; i += 2) {
      const [a, b] = people.slice(i, i + 2);
      if (a !== undefined && b !== undefined) await seed.direct(a, b);
    }
    const tokens = people.map(({ token }) => token);
    writePlan(warmPlan, { tokens: tokens.slice(0, WARM_SESSIONS), rooms: [] });
    writePlan(plan, { tokens: tokens.slice(WARM_SESSIONS), rooms: [] });
  });
  return { dataFolder, warmPlan, plan };
}
