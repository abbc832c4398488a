/** The bench: measures what the project promises of its speed. See docs/benchmarks.md. */
import { runBench } from './run-bench.ts';
import { scenarios } from './scenarios/all.ts';

process.exitCode = await runBench(process.argv.slice(2), {
  name: 'bench',
  about: 'Measures Maru on this machine, load included, and exits with 1 where a target is missed.',
  plotTitle: 'Maru: measured against its targets',
  scenarios,
  hasPeers: false,
  describe: () => [],
});
