import type { Measured } from '../../result-row.ts';
import type { Bench, Scenario } from '../../scenario.ts';
import { groupsPlan, TALKERS } from '../../scenarios/groups/groups-plan.ts';
import { compareLoads } from '../compare-loads.ts';
import { figureOf, rowsOf } from '../compare-with-peer.ts';
import { CEILING, USUAL_VARIANTS } from '../start-peer.ts';

/**
 * Sizes of rooms in which both deliver a message to its sender's session, too. (In groups of up to 32 Maru spares it
 * where it can, so that deliveries could not be counted by their number.)
 */
const SIZES = [50, 100];

/** Everybody online in rooms of one size, with the peer and with Maru. */
export const peerFanOut: Scenario = {
  name: 'fan-out',
  about: 'rooms of 50 and of 100, all online: deliveries/s, each message fsynced before',
  async run(bench) {
    const sizes = bench.smoke ? [40] : SIZES;
    const sessions = bench.smoke ? 40 : 1_000;
    const rows: Measured[] = [];
    for (const size of sizes) rows.push(...(await measure(bench, size, sessions / size)));
    return rows;
  },
};

async function measure(bench: Bench, size: number, rooms: number): Promise<Measured[]> {
  const compared = await compareLoads(bench, {
    mode: 'fan-out',
    seeded: await groupsPlan(bench.folder(`fan-out-${size}`), size, rooms),
    variants: [...USUAL_VARIANTS, CEILING],
    load: {
      window: bench.smoke ? 4 : TALKERS,
      warmupS: bench.smoke ? 0.1 : 1,
      seconds: bench.smoke ? 0.2 : 4,
    },
  });
  const figure = figureOf(compared, ({ perSecond }) => perSecond, 'more', '/s');
  const metric = `deliveries/s, ${rooms} room${rooms === 1 ? '' : 's'} of ${size}`;
  return rowsOf(figure, metric, '/s', { atLeast: figure.peer });
}
