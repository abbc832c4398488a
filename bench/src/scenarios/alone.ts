import { median } from '../measure/median.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { comparePairs } from './pairs/compare-pairs.ts';
import { pairsPlan } from './pairs/pairs-plan.ts';

/** One message in flight: what a person notices. */
export const alone: Scenario = {
  name: 'alone',
  about: 'one message in flight: milliseconds from send to received, fsync included',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const plan = await pairsPlan(bench.folder('alone'), 1, 1);
  const options = { window: 1, warmupS: bench.smoke ? 0.2 : 1, seconds: bench.smoke ? 0.5 : 5 };
  const rounds = await comparePairs(bench, plan, options, bench.smoke ? 1 : 3);
  const figure = (percentile: 'p50' | 'p99', atMost: number): Measured => ({
    metric: `${percentile}, send to received`,
    value: median(rounds.map(({ maru }) => maru.toReceived[percentile])),
    unit: 'ms',
    atMost,
    reference: median(rounds.map(({ bare }) => bare.toReceived[percentile])),
  });
  return [figure('p50', 0.9), figure('p99', 5)];
}
