import type { LoadOptions } from '../load/generator.ts';
import { median } from '../measure/median.ts';
import { formatNumber } from '../report/format-number.ts';
import type { Measured } from '../result-row.ts';
import type { Bench } from '../scenario.ts';
import { type ServerProcess, startMaru } from '../server/start-server.ts';
import { CEILING, type PeerPlan, type PeerVariant, startPeer } from './start-peer.ts';

/** How the load generator speaks to the peer. */
const PEER_DIALECT: LoadOptions = { dialect: 'socket.io' };

export interface Compared<T> {
  readonly maru: readonly T[];
  readonly peer: ReadonlyMap<PeerVariant, readonly T[]>;
}

export interface Comparison<T> {
  readonly seeded: PeerPlan & { readonly dataFolder: string };
  /** Of a run that is judged; a smoke run makes one, with the first variant. */
  readonly rounds: number;
  readonly variants: readonly PeerVariant[];
  /** Puts the load on a server; `dialect` belongs into the generator's options. */
  measure(server: ServerProcess, dialect: LoadOptions): Promise<T>;
}

/** The same load on Maru and on the peer, turn by turn, so that a noisy minute meets both. */
export async function compareWithPeer<T>(bench: Bench, comparison: Comparison<T>): Promise<Compared<T>> {
  const { seeded, measure } = comparison;
  const rounds = bench.smoke ? 1 : comparison.rounds;
  const variants = bench.smoke ? comparison.variants.slice(0, 1) : comparison.variants;
  const maru: T[] = [];
  const peer = new Map(variants.map((variant): [PeerVariant, T[]] => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    maru.push(await measured(await startMaru(seeded.dataFolder), {}, measure));
    for (const [variant, results] of peer) {
      const server = await startPeer(bench, seeded, variant);
      results.push(await measured(server, PEER_DIALECT, measure));
    }
  }
  return { maru, peer };
}

async function measured<T>(started: ServerProcess, dialect: LoadOptions, measure: Comparison<T>['measure']) {
  await using server = started;
  const result = await measure(server, dialect);
  await server.stop();
  return result;
}

/** Medians of one figure; the peer's is that of its best variant among those that are usual. */
export interface Figure {
  readonly maru: number;
  readonly peer: number;
  readonly variant: PeerVariant;
  /** Absent where it did not run. */
  readonly ceiling: number | undefined;
  /** Says which variant it is, and what the others reached. */
  readonly note: string;
}

/** @param unit for the note */
export function figureOf<T>(
  { maru, peer }: Compared<T>,
  pick: (result: T) => number,
  better: 'more' | 'less',
  unit: string,
): Figure {
  const sign = better === 'more' ? -1 : 1;
  const medians = [...peer].map(([variant, results]) => ({ variant, value: median(results.map(pick)) }));
  const [best, ...others] = medians
    .filter(({ variant }) => variant !== CEILING)
    .toSorted((a, b) => sign * (a.value - b.value));
  if (best === undefined) throw new Error('none of the usual variants of the peer ran');
  const rest = others.map(({ variant, value }) => `; with ${variant} it has ${formatNumber(value)} ${unit}`);
  return {
    maru: median(maru.map(pick)),
    peer: best.value,
    variant: best.variant,
    ceiling: medians.find(({ variant }) => variant === CEILING)?.value,
    note: `the peer's best is ${best.variant}${rest.join('')}`,
  };
}

/** The row of a figure, and the one with the ceiling beside it, which nobody judges. */
export function rowsOf(
  figure: Figure,
  metric: string,
  unit: string,
  target: Pick<Measured, 'atMost' | 'atLeast'>,
): Measured[] {
  const { maru: value, peer: reference, ceiling, note } = figure;
  const row = { metric, value, unit, ...target, reference, note };
  if (ceiling === undefined) return [row];
  return [row, { metric: `${metric}, beside ${CEILING}`, value, unit, reference: ceiling }];
}
