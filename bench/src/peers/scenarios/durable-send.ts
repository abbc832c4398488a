import type { LoadOptions } from '../../load/generator.ts';
import type { Measured } from '../../result-row.ts';
import type { Bench, Scenario } from '../../scenario.ts';
import { pairsPlan } from '../../scenarios/pairs/pairs-plan.ts';
import { compareWithPeer, figureOf, rowsOf, TEXT_BYTES } from '../compare-with-peer.ts';
import { CEILING, type PeerVariant, USUAL_VARIANTS } from '../start-peer.ts';

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
  const { dataFolder, plan } = await pairsPlan(bench.folder(`durable-send-${roomsEach}`), pairs, roomsEach);
  const load = {
    plan,
    window: 8,
    textBytes: TEXT_BYTES,
    warmupS: bench.smoke ? 0.1 : 2,
    seconds: bench.smoke ? 0.2 : 5,
  };
  const compare = (variants: readonly PeerVariant[], options: LoadOptions) =>
    compareWithPeer(bench, {
      seeded: { dataFolder, plan, shape: 'direct' },
      rounds: 3,
      variants,
      measure: (server, dialect) =>
        bench.generator.run('pairs', { ...options, ...dialect, port: server.port }),
    });
  const compared = await compare([...USUAL_VARIANTS, CEILING], load);
  const full = figureOf(compared, ({ perSecond }) => perSecond, 'more', '/s');
  const rate = Math.max(1, Math.round(Math.min(full.peer, full.maru) / 2));
  const paced = await compare([full.variant], { ...load, rate });
  const p99 = figureOf(paced, ({ toReceived }) => toReceived.p99, 'less', 'ms');
  const half = `p99 at ${rate.toLocaleString('en-US')}/s, half of what the slower one does, ${over}`;
  return [
    ...rowsOf(full, `acknowledged and delivered, ${over}`, '/s', { atLeast: full.peer }),
    ...rowsOf(p99, half, 'ms', {}),
  ];
}
