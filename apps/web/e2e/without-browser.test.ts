import { expect } from 'bun:test';
import path from 'node:path';
import { browserTest } from './browser.ts';

const WEB = path.resolve(import.meta.dir, '..');

// In the run without a browser this test is skipped, as all are.
browserTest(
  'without a Chromium every test of this folder is skipped with the reason, and none fails',
  async () => {
    const child = Bun.spawn([process.execPath, 'test', './e2e/'], {
      cwd: WEB,
      env: { ...process.env, MARU_TEST_CHROMIUM: 'off', NO_COLOR: '1' },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'pipe',
    });
    const said = await new Response(child.stderr).text();
    expect(await child.exited).toBe(0);
    const skipped = said.split('\n').filter((line) => line.startsWith('(skip)'));
    expect(skipped.length).toBeGreaterThan(100);
    expect(skipped.filter((line) => !line.includes('(skipped: no Chromium; install one'))).toEqual([]);
    // What needs no browser, as the list of pictures, runs.
    expect(said).toContain('\n 0 fail\n');
  },
);
