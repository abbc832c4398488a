// npm test: the one gate. Installs what is missing, runs every check and every test, and ends with one line.
//
//   npm test                          everything
//   npm run check                     everything but tests and benchmark
//   npm test -- PATH… [-t PATTERN]    only the tests named, as `bun test` takes them
//   npm test -- --verbose             shows the output of steps that pass, too

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesBelow } from './files.mjs';
import { failuresInTotals, parseJunit, skipReason } from './junit.mjs';
import { BUN, ensureInstalled, listenToSignals, ROOT, run, runTool } from './workspace.mjs';

const TEST_MS_MAX = 120_000;
const STEP_MS_MAX = 80 * 60_000;
const BENCH = path.join(ROOT, 'bench', 'src', 'main.ts');
const BENCH_PEERS = path.join(ROOT, 'bench', 'src', 'peers', 'main.ts');

/** @typedef {import('./workspace.mjs').Outcome} Outcome */

const count = { passed: 0, failed: 0, skipped: 0 };
const args = process.argv.slice(2);
const verbose = take('--verbose');
const checksOnly = take('--check');

listenToSignals();
await ensureInstalled();

const limits = { timeoutMs: STEP_MS_MAX };
if (args.length === 0) {
  await step('format and lint, import directions and cycles', () =>
    runTool(
      '@biomejs/biome/bin/biome',
      ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=100'],
      limits,
    ),
  );
  await step('types', checkTypes);
  await step('unused code', () => runTool('knip/bin/knip.js', ['--no-progress'], limits));
  await step('rules and their tests', () => run(process.execPath, ['scripts/check-spec.mjs'], limits));
  await step('links in documents', () => run(process.execPath, ['scripts/check-docs.mjs'], limits));
}
if (!checksOnly) await tests();
if (!checksOnly && args.length === 0 && existsSync(BENCH)) {
  await step('benchmark smoke', () => run(BUN, [BENCH, '--smoke'], limits));
  await step('benchmark smoke, beside a peer', () => run(BUN, [BENCH_PEERS, '--smoke'], limits));
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed > 0 ? 1 : 0;

/** Removes an option of our own from the arguments. @param {string} option */
function take(option) {
  const at = args.indexOf(option);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
}

/** @param {string} name @param {() => Promise<Outcome>} work */
async function step(name, work) {
  const begin = performance.now();
  const outcome = await work();
  const passed = outcome.code === 0;
  count[passed ? 'passed' : 'failed']++;
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds(begin)})`);
  if (outcome.timedOut) console.log(`stopped after ${STEP_MS_MAX / 60_000} minutes`);
  if (!passed || verbose) console.log(outcome.output.trimEnd());
}

/** @param {number} begin */
function seconds(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}

/**
 * Each tsconfig is one view of the code: a workspace with its tests, or, where it is called portable, what must
 * compile without the types of any runtime.
 * @returns {Promise<Outcome>}
 */
async function checkTypes() {
  const projects = filesBelow(ROOT, (name) => /^tsconfig(\.portable)?\.json$/.test(name)).filter(hasSources);
  const outcomes = [];
  for (const project of projects) {
    outcomes.push(await runTool('typescript/bin/tsc', ['--project', project, '--pretty', 'false'], limits));
  }
  return {
    code: outcomes.find(({ code }) => code !== 0)?.code ?? 0,
    output: outcomes
      .map(({ output }, index) => (output === '' ? '' : `${projects[index]}:\n${output}`))
      .join(''),
    timedOut: outcomes.some(({ timedOut }) => timedOut),
  };
}

/** tsc refuses a project without files. @param {string} project */
function hasSources(project) {
  return filesBelow(path.join(ROOT, path.dirname(project)), (name) => /\.(ts|mjs)$/.test(name)).length > 0;
}

async function tests() {
  const begin = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-test-'));
  const results = path.join(folder, 'junit.xml');
  const live = verbose || args.length > 0;
  const options = [`--timeout=${TEST_MS_MAX}`, '--reporter=junit', `--reporter-outfile=${results}`];
  if (!live) options.push('--only-failures');
  const outcome = await run(BUN, ['test', ...options, ...args], { live, timeoutMs: STEP_MS_MAX });
  const found = existsSync(results) ? parseJunit(readFileSync(results, 'utf8')) : [];
  rmSync(folder, { recursive: true, force: true });

  const failures = judge(found, outcome);
  for (const { outcome: kind } of found) if (kind !== 'failed') count[kind]++;
  count.failed += failures.length;
  const summary = `tests (${found.length} in ${new Set(found.map(({ file }) => file)).size} files, ${seconds(begin)})`;
  console.log(`${failures.length === 0 ? '✓' : '✗'} ${summary}`);
  if (failures.length > 0 && !live) console.log(outcome.output.trimEnd());
  for (const failure of failures) console.log(`✗ ${failure}`);
  for (const { name, file, outcome: kind } of found)
    if (kind === 'skipped') console.log(`- ${file}: ${name}`);
}

/**
 * What failed, one line each: tests, skips without a reason, and a run that ended otherwise than its tests say.
 * @param {import('./junit.mjs').TestResult[]} found
 * @param {Outcome} outcome
 */
function judge(found, outcome) {
  const failures = found
    .filter((test) => test.outcome === 'failed')
    .map((test) => `${test.file}: ${test.name}`);
  const total = failuresInTotals(outcome.output);
  if (outcome.timedOut) failures.push(`bun test was stopped after ${STEP_MS_MAX / 60_000} minutes`);
  else if (total === undefined) failures.push(`bun test ended before its end, with code ${outcome.code}`);
  else if (found.length === 0 && total === 0) failures.push('bun test found no tests');
  else if (outcome.code !== 0 && total === 0) failures.push(`bun test ended with code ${outcome.code}`);
  for (let missing = (total ?? 0) - failures.length; missing > 0; missing--) {
    failures.push('a file did not load, or failed outside its tests: see "Unhandled error" above');
  }
  // With -t, every test that the pattern leaves out is reported as skipped.
  if (args.length > 0) return failures;
  for (const test of found) {
    if (test.outcome !== 'skipped' || skipReason(test.name) !== undefined) continue;
    failures.push(`${test.file}: ${test.name}: skipped without a reason`);
    count.skipped--;
  }
  return failures;
}
