import type { Database } from 'bun:sqlite';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataFolder } from './data-folder.ts';
import { DataFolderError } from './data-folder-error.ts';
import { LOG_MIGRATIONS } from './log-schema.ts';
import { applyMigrations, type MigrationPlan, planMigrations } from './migrations.ts';
import { openWriter } from './open-database.ts';
import { SqliteFile } from './sqlite-file.ts';
import { sqliteCode } from './storage-error.ts';

/** Facts of a log that stay the same while it is open. */
export interface LogFacts {
  /** Names this log among all logs. */
  readonly log: number;
  readonly epoch: number;
}

const SETTINGS = { synchronous: 'full', cacheKibibytes: 2_000 } as const;

/**
 * Makes `log.db` ready for its thread: creates it or brings it up to date, with a backup first (`[DUR7]`). Opening it
 * also takes in what a crash has left in the write-ahead log.
 *
 * @param now for the note of when a migration was applied, and the backup's name
 * @throws DataFolderError
 */
export function prepareLog(folder: DataFolder, now: number): LogFacts {
  try {
    if (existsSync(folder.logPath)) refuseNewerUntouched(folder);
    using database = openWriter(folder.logPath, SETTINGS);
    const plan = planMigrations(database, LOG_MIGRATIONS);
    refuseNewer(folder, plan);
    if (plan.missing.length > 0) {
      if (!plan.empty) backUp(database, folder, plan, now);
      applyMigrations(database, plan.missing, now);
    }
    const facts = database.query<{ name: string; value: number }, []>('SELECT name, value FROM facts').all();
    const fact = (name: string) => facts.find((one) => one.name === name)?.value ?? 0;
    return { log: fact('log'), epoch: fact('epoch') };
  } catch (error) {
    throw asFolderError(folder, error);
  }
}

/**
 * Looks before the file is opened for writing: opening and closing it would take in what a crash has left in the
 * write-ahead log, and what a newer version wrote is not ours to change. Without such a rest not even a lock is taken.
 */
function refuseNewerUntouched(folder: DataFolder): void {
  const rest = statSync(`${folder.logPath}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const url = pathToFileURL(folder.logPath).href;
  using database = new SqliteFile(rest === 0 ? `${url}?immutable=1` : `${url}?mode=ro`, 'read');
  refuseNewer(folder, planMigrations(database, LOG_MIGRATIONS));
}

function refuseNewer(folder: DataFolder, plan: MigrationPlan): void {
  if (plan.unknown.length === 0) return;
  throw new DataFolderError(
    'newer',
    `${folder.logPath} was written by a newer version of Maru (${plan.unknown.join(', ')}): start that version, or a later one.`,
  );
}

/** A copy of all that was committed, beside the database. */
function backUp(database: Database, folder: DataFolder, plan: MigrationPlan, now: number): void {
  mkdirSync(folder.backupsPath, { recursive: true, mode: 0o700 });
  const time = new Date(now).toISOString().replaceAll(':', '-');
  const name = `log-${time}-before-${plan.missing[0]?.name}.db`;
  database.prepare('VACUUM INTO ?').run(path.join(folder.backupsPath, name));
}

function asFolderError(folder: DataFolder, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new DataFolderError('damaged', `${folder.logPath} is damaged: put a backup of it in its place.`, {
      cause: error,
    });
  }
  return new DataFolderError(
    'unusable',
    `${folder.logPath} can't be opened (${code}): check who owns the file and that the disk has room.`,
    { cause: error },
  );
}
