import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BenchCommand, type CommandLine, helpText, parseCommandLine } from './command-line.ts';
import { findGenerator } from './load/generator.ts';
import { describeMachine } from './report/machine.ts';
import { renderPlot } from './report/plot.ts';
import { renderTable } from './report/table.ts';
import { type ResultRow, resultRow } from './result-row.ts';
import type { Bench, Scenario } from './scenario.ts';
import { ensureBundle, RATE_FLAGS } from './server/start-server.ts';

/** Runs what the arguments ask for and reports it; returns the exit code, 1 where a target is missed. */
export async function runBench(args: readonly string[], command: BenchCommand): Promise<number> {
  let given: CommandLine;
  try {
    given = parseCommandLine(args, command);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  if (given.help) {
    console.log(helpText(command));
    return 0;
  }
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'maru-bench-'));
  try {
    return await run(given, command, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(given: CommandLine, command: BenchCommand, scratch: string): Promise<number> {
  const generator = findGenerator(given.generator);
  if (command.hasPeers && !generator.compiled) {
    console.error(`This needs the load generator in C: install cc. At hand is the one in ${generator.name}.`);
    return given.smoke ? 0 : 2;
  }
  await ensureBundle();
  for (const line of describeMachine(scratch)) console.log(line);
  for (const line of command.describe(given)) console.log(line);
  console.log(`rate limits: ${RATE_FLAGS.join(' ')}`);
  console.log(`load generator: ${generator.name}`);
  let folders = 0;
  const bench: Bench = {
    generator,
    smoke: given.smoke,
    peerRuntime: given.peerRuntime,
    folder(name) {
      folders += 1;
      const folder = path.join(scratch, `${folders}-${name}`);
      mkdirSync(folder);
      return folder;
    },
    say: (line) => console.error(`  ${line}`),
  };
  const rows: ResultRow[] = [];
  for (const scenario of given.scenarios) {
    console.error(`${scenario.name}: ${scenario.about}`);
    rows.push(...(await rowsOf(scenario, bench)));
  }
  console.log(`\n${renderTable(rows)}`);
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (given.svg !== undefined) writeFileSync(given.svg, renderPlot(rows, command.plotTitle));
  return rows.some(({ met }) => met === false) ? 1 : 0;
}

/** What a scenario says; one that does not come to its end is a missed target and stops no other. */
async function rowsOf(scenario: Scenario, bench: Bench): Promise<ResultRow[]> {
  try {
    const measured = await scenario.run(bench);
    return measured.map((one) => resultRow(scenario.name, one, !bench.smoke));
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    return [resultRow(scenario.name, { metric: 'runs', value: 0, unit: '', atLeast: 1, note }, true)];
  }
}
