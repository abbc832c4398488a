import { expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserTest } from './browser.ts';

/** A program starts slowly on a busy machine, also where tests have less time unless they say so. */
const TEST_MS_MAX = 120_000;
const SCRIPT = path.join(import.meta.dirname, 'shots.ts');

async function shots(...given: readonly string[]) {
  const child = Bun.spawn([process.execPath, SCRIPT, ...given], { stdout: 'pipe', stderr: 'pipe' });
  const [said, complained, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { said, complained, code };
}

browserTest('a picture that is asked for is taken, and no other', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-shots-'));
  try {
    const { said, complained, code } = await shots(folder, 'phone', 'light-ko', 'talk-list');
    if (code !== 0) throw new Error(complained);
    expect(said).toContain(`1 picture in ${folder}`);
    expect(readdirSync(folder)).toEqual(['phone-light-ko-talk-list.png']);
    // Behind its signature and the beginning of its first chunk, a PNG says how wide and high it is.
    const picture = readFileSync(path.join(folder, 'phone-light-ko-talk-list.png'));
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([360, 740]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test(
  'which pictures there are is said to who asks, and to who asks for one that there is not',
  async () => {
    const { said, code } = await shots('--help');
    expect(code).toBe(0);
    expect(said).toContain('size     phone, tablet, desktop');
    expect(said).toMatch(/^ {2}talk {5}list, group/m);
    const none = await shots(tmpdir(), 'watch', 'talk-list');
    expect(none.code).toBe(1);
    expect(none.complained).toContain('No picture is called so: watch talk-list');
  },
  TEST_MS_MAX,
);
