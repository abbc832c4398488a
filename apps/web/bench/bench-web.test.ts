import { expect } from 'bun:test';
import path from 'node:path';
import { buildApp } from '../build/build-app.ts';
import { browserTest } from '../e2e/browser.ts';
import { lineOf } from './figure.ts';
import { MEASURES, runBenchWeb } from './run-bench-web.ts';

const MARU = path.resolve(import.meta.dir, '..', '..', 'cli', 'src', 'main.ts');

browserTest('every figure of the web app is measured', async () => {
  using app = await buildApp();
  const rows = await runBenchWeb({
    // All but what has to be fetched, or built where others build, too.
    only: MEASURES.filter((name) => name !== 'lighthouse' && name !== 'npm'),
    ...{ maru: MARU, web: app.path, messages: 200 },
    ...{
      starts: 1,
      longRoom: { messages: 2_000, scrolled: 100 },
      audits: 1,
      opens: 1,
      keys: 10,
      scrollSteps: 20,
      floodSeconds: 1,
      memoryRounds: 1,
      memoryMs: 0,
    },
  });
  const metrics = rows.map(({ metric }) => metric);
  expect(rows.filter((row) => 'failed' in row)).toEqual([]);
  expect(new Set(metrics).size).toBe(18);
  for (const row of rows) {
    if ('failed' in row) continue;
    expect(Number.isFinite(row.value)).toBe(true);
    // Of a machine under load only this is certain.
    if (!/task|heap|INP/.test(row.metric)) expect(row.value).toBeGreaterThan(0);
    expect(lineOf(row)).toContain(row.metric);
  }
});
