import type { LoadOptions, LoadResults } from '../load/generator.ts';
import { median } from '../measure/median.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { startMaru, startReference } from '../server/start-server.ts';
import { groupsPlan, TALKERS } from './groups/groups-plan.ts';
import type { SeededPlan } from './pairs/pairs-plan.ts';

/** What a bare publisher does, and the part of it that must be left with everything a message needs. */
const SHARE_MIN = 0.6;

/** Everybody online in rooms of one size. */
export const fanOut: Scenario = {
  name: 'fan-out',
  about: 'rooms of 100 and of 1,000, all online: deliveries/s against a bare publisher',
  async run(bench) {
    const sizes = bench.smoke ? [40, 80] : [100, 1_000];
    const sessions = bench.smoke ? 80 : 1_000;
    const rows: Measured[] = [];
    for (const size of sizes) rows.push(await measure(bench, size, sessions / size));
    return rows;
  },
};

async function measure(bench: Bench, size: number, rooms: number): Promise<Measured> {
  const seeded = await groupsPlan(bench.folder(`fan-out-${size}`), size, rooms);
  const options = { window: TALKERS, warmupS: bench.smoke ? 0.2 : 1, seconds: bench.smoke ? 0.3 : 4 };
  const maru: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < (bench.smoke ? 1 : 3); round++) {
    const result = await runMaru(bench, seeded, options);
    maru.push(result.perSecond);
    bare.push(await runBare(bench, seeded, options, result.frameBytes));
  }
  const reference = median(bare);
  return {
    metric: `deliveries/s, ${rooms} room${rooms === 1 ? '' : 's'} of ${size}`,
    value: median(maru),
    unit: '/s',
    atLeast: reference * SHARE_MIN,
    reference,
    note: `${TALKERS} people of each room talk, each with a message under way; ${percent(median(maru) / reference)} of the bare publisher`,
  };
}

async function runMaru(
  bench: Bench,
  { dataFolder, plan }: SeededPlan,
  options: LoadOptions,
): Promise<LoadResults['fan-out']> {
  await using server = await startMaru(dataFolder);
  const result = await bench.generator.run('fan-out', { ...options, plan, port: server.port });
  await server.stop();
  return result;
}

async function runBare(
  bench: Bench,
  { plan }: SeededPlan,
  options: LoadOptions,
  frameBytes: number,
): Promise<number> {
  await using server = await startReference('bare-publish', plan, '0', String(frameBytes));
  return (await bench.generator.run('fan-out', { ...options, plan, port: server.port })).perSecond;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
