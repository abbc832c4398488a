import path from 'node:path';
import type { LoadOptions, LoadResults } from '../../load/generator.ts';
import type { Bench } from '../../scenario.ts';
import { startMaru, startReference } from '../../server/start-server.ts';
import type { SeededPlan } from './pairs-plan.ts';

type PairsResult = LoadResults['pairs'];

export interface Round {
  readonly maru: PairsResult;
  readonly bare: PairsResult;
}

/** Runs the same load on Maru and on the bare pipeline, turn by turn, so that a noisy minute meets both. */
export async function comparePairs(
  bench: Bench,
  seeded: SeededPlan,
  options: LoadOptions,
  count: number,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let i = 0; i < count; i++) {
    const maru = await runMaru(bench, seeded, options);
    const bare = await runBare(bench, seeded, options);
    rounds.push({ maru, bare });
  }
  return rounds;
}

async function runMaru(bench: Bench, { dataFolder, plan }: SeededPlan, options: LoadOptions) {
  await using server = await startMaru(dataFolder);
  const result = await bench.generator.run('pairs', { ...options, plan, port: server.port });
  if (result.doubled > 0) throw new Error(`${result.doubled} messages arrived twice`);
  await server.stop();
  return result;
}

async function runBare(bench: Bench, { plan }: SeededPlan, options: LoadOptions) {
  const database = path.join(bench.folder('bare'), 'bare.db');
  await using server = await startReference('bare-pipeline', plan, '0', database);
  return await bench.generator.run('pairs', { ...options, plan, port: server.port });
}
