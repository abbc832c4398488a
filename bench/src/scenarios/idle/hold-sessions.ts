import type { LoadOptions } from '../../load/generator.ts';
import type { Bench } from '../../scenario.ts';
import { processorShare, residentBytes } from '../../server/process-figures.ts';
import type { ServerProcess } from '../../server/start-server.ts';
import type { SeededPeople } from './seed-people.ts';

/** What idle sessions cost a server; the first two are absent where the system does not tell. */
export interface Held {
  /** Resident memory of a session, in KB. */
  readonly kilobytes: number | undefined;
  /** Percent of a core. */
  readonly processor: number | undefined;
  /** The 99th percentile of a beat and its answer, in ms. */
  readonly beatP99: number;
}

/** Signs the warm sessions in, then all others, and looks at the server while they do nothing. */
export async function holdSessions(
  bench: Bench,
  { pid, port }: ServerProcess,
  { warmPlan, plan, count }: SeededPeople,
  options: LoadOptions = {},
): Promise<Held> {
  const load = { ...options, port, addresses: 250 };
  await using warm = bench.generator.start('hold', { ...load, plan: warmPlan });
  await warm.phase('ready');
  await Bun.sleep(bench.smoke ? 100 : 3_000);
  const before = residentBytes(pid);
  await using held = bench.generator.start('hold', { ...load, plan });
  await held.phase('ready');
  // Two rounds of beats, so that what signing in left behind is out of the way.
  await Bun.sleep(bench.smoke ? 100 : 10_000);
  const processor = await processorShare(pid, bench.smoke ? 500 : 20_000);
  const after = residentBytes(pid);
  held.goOn();
  const { beat } = await held.result();
  const kilobytes =
    before === undefined || after === undefined ? undefined : (after - before) / count / 1_000;
  return { kilobytes, processor, beatP99: beat.p99 };
}
