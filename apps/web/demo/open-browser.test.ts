import { expect, test } from 'bun:test';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const OPEN_BROWSER = path.join(import.meta.dir, 'open-browser.ts');
const why =
  process.platform === 'linux'
    ? ''
    : ' (skipped: only on Linux can what opens a browser be put in by its name)';

/** Opens an address on a machine whose programs lie in a folder. */
async function openOn(programs: string, url: string): Promise<number> {
  const code = `(await import(${JSON.stringify(OPEN_BROWSER)})).openBrowser(${JSON.stringify(url)})`;
  const child = Bun.spawn([process.execPath, '-e', code], { env: { ...process.env, PATH: programs } });
  return child.exited;
}

test.skipIf(why !== '')(
  `an address is handed to what opens browsers here, where there is one${why}`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'maru-open-'));
    const opened = path.join(folder, 'opened');
    const url = 'http://127.0.0.1:8787/enter/a&b';
    try {
      expect(await openOn(folder, url)).toBe(0);
      const program = path.join(folder, 'xdg-open');
      writeFileSync(
        program,
        `#!/bin/sh\nprintf %s "$1" > '${opened}.tmp' && /bin/mv '${opened}.tmp' '${opened}'\n`,
      );
      chmodSync(program, 0o755);
      expect(await openOn(folder, url)).toBe(0);
      while (!existsSync(opened)) await Bun.sleep(10);
      expect(readFileSync(opened, 'utf8')).toBe(url);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
