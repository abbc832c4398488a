/** `npm run bench:web`: measures the built web app in Chromium, as a table and as data. */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasBrowser } from '../e2e/browser.ts';
import { isMet, lineOf } from './figure.ts';
import { MEASURES, runBenchWeb } from './run-bench-web.ts';

const ROOT = path.resolve(import.meta.dir, '..', '..', '..');
const MARU = path.join(ROOT, 'apps', 'cli', 'src', 'main.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Messages of the big room. */
    messages: { type: 'string', default: '100000' },
    /** Messages of the room that is scrolled through. */
    long: { type: 'string', default: '1000000' },
    /** Minutes that an hour of simulated use may take. */
    minutes: { type: 'string', default: '3' },
    /** Where the figures go as JSON. */
    json: { type: 'string' },
    /** A folder with the app, built; absent: as `npm start` has it. */
    web: { type: 'string' },
  },
});
const unknown = positionals.find((name) => !MEASURES.includes(name));
if (unknown !== undefined) fail(`There is no measure ${unknown}: name some of ${MEASURES.join(', ')}.`);
if (!hasBrowser)
  fail(
    'There is no Chromium: install one, as by apt-get install chromium, or name it by MARU_TEST_CHROMIUM.',
  );

const web = values.web ?? (await servedApp());
const load = () =>
  `load ${os
    .loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}`;
const [{ model } = { model: 'unknown processor' }] = os.cpus();
const machine = `${os.cpus().length} × ${model.trim()}, ${os.type()} ${os.release()}, Bun ${Bun.version}`;
const before = load();
console.log(`${machine}; ${before}`);
const rows = await runBenchWeb({
  maru: MARU,
  web,
  messages: Number(values.messages),
  ...{ starts: 5, audits: 3, opens: 20, keys: 300, scrollSteps: 400, floodSeconds: 20 },
  longRoom: { messages: Number(values.long), scrolled: 5_000 },
  ...{ memoryRounds: 60, memoryMs: Number(values.minutes) * 60_000 },
  ...(positionals.length > 0 && { only: positionals }),
  onRow: (row) => console.log(lineOf(row)),
});
console.log(load());
if (values.json !== undefined) {
  const measured = rows.map((row) => ({ ...row, met: isMet(row) }));
  const around = { machine, loadBefore: before, loadAfter: load(), messages: Number(values.messages) };
  writeFileSync(values.json, `${JSON.stringify({ ...around, rows: measured }, null, 2)}\n`);
}
process.exitCode = rows.every(isMet) ? 0 : 1;

/** The app as `npm start` serves it, built anew where its sources have changed, and compressed. */
async function servedApp(): Promise<string> {
  const scripts: { ensureWebApp(): Promise<void> } = await import(path.join(ROOT, 'scripts', 'web-app.mjs'));
  await scripts.ensureWebApp();
  return path.join(ROOT, 'apps', 'web', 'dist');
}

function fail(why: string): never {
  console.error(why);
  process.exit(2);
}
