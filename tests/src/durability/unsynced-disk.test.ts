import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whyNoNativeLayer } from '../native-layer.ts';
import { unsyncedDiskEnvironment } from './unsynced-disk.ts';

const why = whyNoNativeLayer();
const title = 'the layer keeps what was synced and forgets what was not';

// Shows that the instrument works, on the two settings of SQLite that differ in nothing but the sync.
test.skipIf(why !== undefined)(why === undefined ? title : `${title} (skipped: ${why})`, async () => {
  expect(await rowsAfterPowerCut('FULL')).toBe(300);
  expect(await rowsAfterPowerCut('NORMAL')).toBeLessThan(300);
});

async function rowsAfterPowerCut(synchronous: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-unsynced-'));
  const [disk, synced] = [path.join(folder, 'disk'), path.join(folder, 'synced')];
  const script = `
    import { mkdirSync } from 'node:fs';
    import { Database } from 'bun:sqlite';
    mkdirSync(${JSON.stringify(disk)});
    mkdirSync(${JSON.stringify(synced)});
    const db = new Database(${JSON.stringify(path.join(disk, 'x.db'))});
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; CREATE TABLE t (n)');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (let n = 0; n < 300; n++) db.run('INSERT INTO t VALUES (?)', [n]);
    process.kill(process.pid, 'SIGKILL');`;
  const count = `
    import { Database } from 'bun:sqlite';
    const db = new Database(${JSON.stringify(path.join(synced, 'x.db'))});
    console.log(db.query('SELECT count(*) AS n FROM t').get().n);`;
  try {
    writeFileSync(path.join(folder, 'write.ts'), script);
    writeFileSync(path.join(folder, 'count.ts'), count);
    const environment = await unsyncedDiskEnvironment(disk, synced);
    const writer = Bun.spawn([process.execPath, path.join(folder, 'write.ts')], {
      env: { ...process.env, ...environment },
    });
    await writer.exited;
    const reader = Bun.spawn([process.execPath, path.join(folder, 'count.ts')], { stdout: 'pipe' });
    return Number(await new Response(reader.stdout).text());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
