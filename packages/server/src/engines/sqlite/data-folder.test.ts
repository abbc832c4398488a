import { Database } from 'bun:sqlite';
import { describe, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { idToBytes, newUserId } from '@maru/protocol';
import { Script } from '../../ports/testing/script.ts';
import { DataFolderError } from './data-folder-error.ts';
import { LOG_MIGRATIONS } from './log-schema.ts';
import { applyMigrations } from './migrations.ts';
import { openForTest } from './testing/open-for-test.ts';
import { runChild } from './testing/run-child.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const APPENDING = new URL('./testing/appending-child.ts', import.meta.url);

const scratch = scratchFolder();

/** Why a folder can't be opened. */
async function refusal(dataDir: string): Promise<DataFolderError> {
  try {
    await using _engine = await openForTest(dataDir);
  } catch (error) {
    if (error instanceof DataFolderError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

describe('one server a folder', () => {
  test('a second server is refused while the first one runs, and let in afterwards', async () => {
    const folder = scratch.next();
    {
      await using _engine = await openForTest(folder);
      const error = await refusal(folder);
      expect(error.problem).toBe('in-use');
      expect(error.message).toContain(folder);
    }
    await using _again = await openForTest(folder);
  });

  test('a server that was killed blocks nobody', async () => {
    const folder = scratch.next();
    await using child = runChild(APPENDING, [folder]);
    expect(await child.line()).toBe('open');
    expect((await refusal(folder)).problem).toBe('in-use');
    await child.kill('SIGKILL');
    await using _engine = await openForTest(folder);
  });
});

describe('a folder that is no good', () => {
  test('a file in its place', async () => {
    const file = path.join(scratch.path, 'a-file');
    writeFileSync(file, '');
    expect((await refusal(file)).problem).toBe('unusable');
  });

  const isRoot = process.getuid?.() === 0 || process.platform === 'win32';
  test.skipIf(isRoot)(
    `no right to write${isRoot ? ' (skipped: this user may write everything)' : ''}`,
    async () => {
      const folder = scratch.next();
      mkdirSync(folder, { mode: 0o500 });
      expect((await refusal(folder)).problem).toBe('unusable');
      chmodSync(folder, 0o700);
    },
  );

  test('a log that is no database, and one that is damaged', async () => {
    for (const content of ['this is no database at all. '.repeat(400), damagedDatabase()]) {
      const folder = scratch.next();
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'log.db'), content);
      const error = await refusal(folder);
      expect(error.problem).toBe('damaged');
      expect(error.message).toContain('backup');
    }
  });

  test('a refused folder is let go', async () => {
    const folder = scratch.next();
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'log.db'), 'this is no database at all. '.repeat(400));
    expect((await refusal(folder)).problem).toBe('damaged');
    expect((await refusal(folder)).problem).toBe('damaged');
  });
});

test('the folder is its owner’s alone', async () => {
  const folder = scratch.next();
  await using _engine = await openForTest(folder);
  expect(statSync(folder).mode & 0o077).toBe(0);
});

describe('[DUR7] migrations', () => {
  test('a log of a newer version is not opened, and not changed', async () => {
    const folder = scratch.next();
    {
      await using _engine = await openForTest(folder);
    }
    const log = new Database(path.join(folder, 'log.db'));
    log.exec("INSERT INTO migrations VALUES ('2031-01-holograms', 0)");
    log.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    log.close();
    const before = readFileSync(path.join(folder, 'log.db'));
    const error = await refusal(folder);
    expect(error.problem).toBe('newer');
    expect(error.message).toContain('2031-01-holograms');
    expect(readFileSync(path.join(folder, 'log.db')).equals(before)).toBe(true);
  });

  test('[DUR7] an older log is brought up to date, with a backup of what it was beside it', async () => {
    const folder = scratch.next();
    mkdirSync(folder);
    const old = new Database(path.join(folder, 'log.db'));
    applyMigrations(old, LOG_MIGRATIONS.slice(0, 1), 0);
    old.exec("INSERT INTO bodies VALUES (7, 'kept')");
    old.close();
    await using engine = await openForTest(folder);
    expect(await engine.directory.hasAdministrator()).toBe(false);
    const [backup, ...others] = readdirSync(path.join(folder, 'backups'));
    expect(others).toEqual([]);
    expect(backup).toContain('before-2026-11-accounts');
    const copy = new Database(path.join(folder, 'backups', backup ?? ''), { readonly: true });
    expect(copy.query('SELECT name FROM migrations').values()).toEqual([['2026-11-entries']]);
    expect(copy.query('SELECT body FROM bodies').values()).toEqual([['kept']]);
    copy.close();
  });

  test('[LINK4] who deleted the account before what they had asked was taken back departs once more', async () => {
    const folder = scratch.next();
    mkdirSync(folder);
    const old = new Database(path.join(folder, 'log.db'));
    const last = LOG_MIGRATIONS.findIndex(({ name }) => name === '2026-11-departed-askers');
    applyMigrations(old, LOG_MIGRATIONS.slice(0, last), 0);
    const [gone, here, leaving] = [newUserId(), newUserId(), newUserId()];
    const insert = `INSERT INTO users (id, handle, name, administrator, hide_presence, created_at, deleted_at)
      VALUES (?, ?, '', 0, 0, 0, ?)`;
    old.prepare(insert).run(idToBytes(gone), 'gone', 5);
    old.prepare(insert).run(idToBytes(here), 'here', null);
    old.prepare(insert).run(idToBytes(leaving), 'leaving', 7);
    old.prepare('INSERT INTO departures VALUES (?, 7)').run(idToBytes(leaving));
    old.close();
    await using engine = await openForTest(folder);
    expect(await engine.directory.departures()).toEqual([gone, leaving]);
  });

  test('[DUR7] a log that is up to date, and a new one, get no backup', async () => {
    const folder = scratch.next();
    for (let i = 0; i < 2; i++) {
      await using engine = await openForTest(folder);
      await engine.log.append([new Script(engine.log.head).group(new Script(engine.log.head).person())]);
    }
    expect(readdirSync(folder)).not.toContain('backups');
  });
});

/** A database whose first page is in order and whose second is not. */
function damagedDatabase(): Buffer {
  const file = path.join(scratch.path, 'damaged.db');
  const database = new Database(file, { create: true });
  applyMigrations(database, LOG_MIGRATIONS, 0);
  database.close();
  const bytes = readFileSync(file);
  const pageBytes = 4_096;
  bytes.fill(0xff, pageBytes);
  return bytes;
}
