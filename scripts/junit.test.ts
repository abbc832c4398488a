import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failuresInTotals, parseJunit, skipReason, type TestResult } from './junit.mjs';
import { BUN, run } from './workspace.mjs';

// Bun's own report on a made-up tree, so that a change in what Bun writes is noticed.

const tree = mkdtempSync(path.join(tmpdir(), 'maru-junit-'));
let results: TestResult[] = [];
let output = '';

beforeAll(async () => {
  writeFileSync(
    path.join(tree, 'a.test.ts'),
    `import { describe, expect, test } from 'bun:test';
    describe('outer "x"', () => {
      describe('inner', () => {
        test('good & 마루', () => {});
        test('bad', () => expect(1).toBe(2));
      });
    });
    test.skip('off (skipped: no engine)', () => {});
    test.todo('some day');`,
  );
  writeFileSync(path.join(tree, 'b.test.ts'), `throw new Error('does not load');`);
  const report = path.join(tree, 'junit.xml');
  ({ output } = await run(BUN, ['test', '--reporter=junit', `--reporter-outfile=${report}`], { cwd: tree }));
  results = parseJunit(readFileSync(report, 'utf8'));
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('reads each test with its full name', () => {
  expect(results).toEqual([
    { file: 'a.test.ts', name: 'outer "x" > inner > good & 마루', outcome: 'passed' },
    { file: 'a.test.ts', name: 'outer "x" > inner > bad', outcome: 'failed' },
    { file: 'a.test.ts', name: 'off (skipped: no engine)', outcome: 'skipped' },
    { file: 'a.test.ts', name: 'some day', outcome: 'skipped' },
  ]);
});

test('counts a file that does not load as a failure', () => {
  expect(failuresInTotals(output)).toBe(2);
});

test('does not take output without totals for success', () => {
  expect(failuresInTotals('bun test v1.4.5\n')).toBeUndefined();
});

test('finds the reason of a skip in its name', () => {
  expect(results.map(({ name }) => skipReason(name))).toEqual([undefined, undefined, 'no engine', undefined]);
});
