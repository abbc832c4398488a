import { expect, test } from 'bun:test';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from './open-engine.ts';

const noModes = process.platform === 'win32' ? ' (skipped: no file modes on Windows)' : '';
test.skipIf(noModes !== '')(
  `[PRIV6] nobody else reads the files, in a folder that was there before and is open to all${noModes}`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'maru-open-'));
    chmodSync(folder, 0o755);
    const before = process.umask(0o022);
    const silent = () => {};
    try {
      await using _engine = await openEngine(folder, { info: silent, warn: silent, error: silent });
      const readable = readdirSync(folder).filter(
        (file) => (statSync(path.join(folder, file)).mode & 0o077) !== 0,
      );
      expect(readdirSync(folder)).toContain('log.db-wal');
      expect(readable).toEqual([]);
    } finally {
      process.umask(before);
      rmSync(folder, { recursive: true });
    }
  },
);
