import type { LoadOptions } from '../load/generator.ts';
import { median } from '../measure/median.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { freePort, startMaru } from '../server/start-server.ts';
import { comparePairs } from './pairs/compare-pairs.ts';
import { pairsPlan, type SeededPlan } from './pairs/pairs-plan.ts';

const PER_SECOND_MIN = 30_000;
const PERCENT_OF_BARE_MIN = 50;

/** Many people write at once. */
export const durableSend: Scenario = {
  name: 'durable-send',
  about:
    '200 pairs, 8 in flight each, over 200 and over 20,000 rooms: messages fsynced, acknowledged and delivered',
  async run(bench) {
    const pairs = bench.smoke ? 8 : 200;
    return [...(await measure(bench, pairs, 1)), ...(await measure(bench, pairs, bench.smoke ? 4 : 100))];
  },
};

async function measure(bench: Bench, pairs: number, roomsEach: number): Promise<Measured[]> {
  const over = `${(pairs * roomsEach).toLocaleString('en-US')} rooms`;
  const seeded = await pairsPlan(bench.folder(`durable-send-${roomsEach}`), pairs, roomsEach);
  const load = { window: 8, warmupS: bench.smoke ? 0.2 : 2, seconds: bench.smoke ? 0.4 : 5 };
  const rounds = await comparePairs(bench, seeded, load, bench.smoke ? 1 : 3);
  const perSecond = median(rounds.map(({ maru }) => maru.perSecond));
  const bare = median(rounds.map(({ bare }) => bare.perSecond));
  const paced = { ...load, rate: Math.round(perSecond / 2) };
  const halves = await comparePairs(bench, seeded, paced, bench.smoke ? 1 : 3);
  const behind = await secondsBehind(bench, seeded, load);
  return [
    {
      metric: `acknowledged and delivered, ${over}`,
      value: perSecond,
      unit: '/s',
      atLeast: PER_SECOND_MIN,
      reference: bare,
    },
    {
      metric: `against the bare pipeline, ${over}`,
      value: (perSecond / bare) * 100,
      unit: '%',
      atLeast: PERCENT_OF_BARE_MIN,
    },
    {
      metric: `p99 at half load, send to received, ${over}`,
      value: median(halves.map(({ maru }) => maru.toReceived.p99)),
      unit: 'ms',
      atMost: 50,
      reference: median(halves.map(({ bare }) => bare.toReceived.p99)),
      note: 'the reference is the bare pipeline at the same messages a second: what the disk and the machine take',
    },
    { metric: `projections caught up after the end, ${over}`, value: behind, unit: 's', atMost: 5 },
  ];
}

/** How long the projections need from the end of a full load until they hold all of it. */
async function secondsBehind(
  bench: Bench,
  { dataFolder, plan }: SeededPlan,
  load: LoadOptions,
): Promise<number> {
  const metricsPort = await freePort();
  await using server = await startMaru(dataFolder, `--metrics-port=${metricsPort}`);
  await using run = bench.generator.start('pairs', { ...load, plan, port: server.port });
  await run.phase('ready');
  run.goOn();
  await run.phase('ended');
  const end = performance.now();
  while ((await viewsLag(metricsPort)) > 0) await Bun.sleep(20);
  const seconds = (performance.now() - end) / 1_000;
  await run.result();
  await server.stop();
  return seconds;
}

async function viewsLag(metricsPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const lag = /^maru_views_lag_entries (\d+)$/m.exec(text)?.[1];
  if (lag === undefined) throw new Error('the metrics do not say how far the projections are behind');
  return Number(lag);
}
