import type { LoadOptions, LoadResults } from '../load/generator.ts';
import type { Bench } from '../scenario.ts';
import type { SeededPlan } from '../scenarios/pairs/pairs-plan.ts';
import { type Compared, compareWithPeer } from './compare-with-peer.ts';
import type { PeerVariant } from './start-peer.ts';

/** Bytes of a message: as in the figures of other servers that docs/benchmarks.md lists. */
const TEXT_BYTES = 200;
const ROUNDS = 3;
/** Who is in a room of each mode's plan. */
const SHAPES = { pairs: 'direct', 'fan-out': 'groups' } as const;

type Mode = keyof typeof SHAPES;

/** Messages as the load generator sends them, over rooms that have been seeded. */
export interface LoadComparison<M extends Mode> {
  readonly mode: M;
  readonly seeded: SeededPlan;
  readonly variants: readonly PeerVariant[];
  readonly load: LoadOptions;
}

/** Puts messages of the usual size on Maru and on the peer. */
export async function compareLoads<M extends Mode>(
  bench: Bench,
  { mode, seeded, variants, load }: LoadComparison<M>,
): Promise<Compared<LoadResults[M]>> {
  const options = { ...load, plan: seeded.plan, textBytes: TEXT_BYTES };
  return await compareWithPeer(bench, {
    seeded: { ...seeded, shape: SHAPES[mode] },
    rounds: ROUNDS,
    variants,
    measure: (server, dialect) => bench.generator.run(mode, { ...options, ...dialect, port: server.port }),
  });
}
