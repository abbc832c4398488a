import type { Measured } from '../../result-row.ts';
import type { Bench, Scenario } from '../../scenario.ts';
import { pairsPlan } from '../../scenarios/pairs/pairs-plan.ts';
import { compareLoads } from '../compare-loads.ts';
import { figureOf, rowsOf } from '../compare-with-peer.ts';
import { USUAL_VARIANTS } from '../start-peer.ts';

/** How much longer a message may take than with the peer. */
const TIMES_MAX = 1.5;
/** The best that a server that fsyncs first has shown on such a machine: nobody must be faster than this allows. */
const BEST_KNOWN_MS = 0.64;

/** One message in flight, with the peer and with Maru. */
export const peerAlone: Scenario = {
  name: 'alone',
  about: 'one message in flight: milliseconds from send to received, fsync included',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const compared = await compareLoads(bench, {
    mode: 'pairs',
    seeded: await pairsPlan(bench.folder('alone'), 1, 1),
    variants: USUAL_VARIANTS,
    load: { window: 1, warmupS: bench.smoke ? 0.1 : 1, seconds: bench.smoke ? 0.2 : 5 },
  });
  const p50 = figureOf(compared, ({ toReceived }) => toReceived.p50, 'less', 'ms');
  const p99 = figureOf(compared, ({ toReceived }) => toReceived.p99, 'less', 'ms');
  return [
    ...rowsOf(p50, 'p50, send to received', 'ms', { atMost: TIMES_MAX * Math.max(p50.peer, BEST_KNOWN_MS) }),
    ...rowsOf(p99, 'p99, send to received', 'ms', {}),
  ];
}
