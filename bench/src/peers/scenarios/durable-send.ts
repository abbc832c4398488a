import type { Measured } from '../../result-row.ts';
import type { Bench, Scenario } from '../../scenario.ts';
import { pairsPlan } from '../../scenarios/pairs/pairs-plan.ts';
import { compareLoads } from '../compare-loads.ts';
import { figureOf, rowsOf } from '../compare-with-peer.ts';
import { CEILING, USUAL_VARIANTS } from '../start-peer.ts';

/** Many people write at once, to the peer and to Maru. */
export const peerDurableSend: Scenario = {
  name: 'durable-send',
  about:
    '200 pairs, 8 in flight each, over 200 and over 20,000 rooms: messages fsynced, acknowledged and delivered',
  async run(bench) {
    if (bench.smoke) return await measure(bench, 8, 4);
    return [...(await measure(bench, 200, 1)), ...(await measure(bench, 200, 100))];
  },
};

async function measure(bench: Bench, pairs: number, roomsEach: number): Promise<Measured[]> {
  const over = `${(pairs * roomsEach).toLocaleString('en-US')} rooms`;
  const seeded = await pairsPlan(bench.folder(`durable-send-${roomsEach}`), pairs, roomsEach);
  const load = { window: 8, warmupS: bench.smoke ? 0.1 : 2, seconds: bench.smoke ? 0.2 : 5 };
  const variants = [...USUAL_VARIANTS, CEILING];
  const compared = await compareLoads(bench, { mode: 'pairs', seeded, variants, load });
  const full = figureOf(compared, ({ perSecond }) => perSecond, 'more', '/s');
  const rate = Math.max(1, Math.round(Math.min(full.peer, full.maru) / 2));
  const paced = await compareLoads(bench, {
    mode: 'pairs',
    seeded,
    variants: [full.variant],
    load: { ...load, rate },
  });
  const p99 = figureOf(paced, ({ toReceived }) => toReceived.p99, 'less', 'ms');
  const half = `p99 at ${rate.toLocaleString('en-US')}/s, half of what the slower one does, ${over}`;
  return [
    ...rowsOf(full, `acknowledged and delivered, ${over}`, '/s', { atLeast: full.peer }),
    ...rowsOf(p99, half, 'ms', {}),
  ];
}
