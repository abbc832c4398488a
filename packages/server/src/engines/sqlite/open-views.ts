import { rmSync } from 'node:fs';
import { openWriter } from './open-database.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { sqliteCode } from './storage-error.ts';
import { VIEWS_SCHEMA, VIEWS_STATEMENTS } from './views-schema.ts';

const SETTINGS = { synchronous: 'normal', cacheKibibytes: 8_000 } as const;

export interface OpenedViews {
  /** With the log attached as `log`. */
  readonly database: SqliteFile;
  /** The position up to which they hold everything. */
  readonly through: number;
  /** Why they were made anew; `undefined` if they were not. */
  readonly rebuilt: string | undefined;
}

/**
 * Opens `views.db`. What is missing, damaged, of another version or of another log is thrown away and begun anew.
 *
 * @param log names the log that they must be of
 */
export function openViews(path: string, logPath: string, log: number): OpenedViews {
  const found = openExisting(path, logPath, log);
  if ('database' in found) return { ...found, rebuilt: undefined };
  removeViews(path);
  const database = openWriter(path, SETTINGS);
  createTables(database, log);
  database.attachReadOnly(logPath, 'log');
  return { database, through: 0, rebuilt: logHead(database) === 0 ? undefined : found.unusable };
}

/** Deletes the projections, so that the next start makes them anew. */
export function removeViews(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

type Existing = { readonly database: SqliteFile; readonly through: number } | { readonly unusable: string };

function openExisting(path: string, logPath: string, log: number): Existing {
  let database: SqliteFile | undefined;
  try {
    database = openWriter(path, SETTINGS);
    const facts = readFacts(database);
    database.attachReadOnly(logPath, 'log');
    const unusable = whatIsWrong(facts, log, logHead(database));
    if (unusable === undefined) return { database, through: facts?.get('through') ?? 0 };
    database.close();
    return { unusable };
  } catch (error) {
    database?.close();
    const code = sqliteCode(error);
    if (code !== 'SQLITE_NOTADB' && code?.startsWith('SQLITE_CORRUPT') !== true) throw error;
    return { unusable: 'damaged' };
  }
}

function createTables(database: SqliteFile, log: number): void {
  database.transaction(() => {
    for (const statement of VIEWS_STATEMENTS) database.exec(statement);
    const add = database.prepare<unknown, [string, number]>('INSERT INTO facts VALUES (?, ?)');
    add.run('schema', VIEWS_SCHEMA);
    add.run('log', log);
    add.run('through', 0);
  })();
}

function readFacts(database: SqliteFile): Map<string, number> | undefined {
  const tables = database.query<{ name: string }, []>('SELECT name FROM sqlite_schema').all();
  if (!tables.some(({ name }) => name === 'facts')) return undefined;
  const facts = database.query<{ name: string; value: number }, []>('SELECT name, value FROM facts').all();
  return new Map(facts.map(({ name, value }) => [name, value]));
}

function whatIsWrong(facts: Map<string, number> | undefined, log: number, head: number): string | undefined {
  if (facts === undefined) return 'missing';
  if (facts.get('schema') !== VIEWS_SCHEMA) return 'of another version';
  if (facts.get('log') !== log) return 'of another log';
  // The log was put back to an earlier state.
  return (facts.get('through') ?? 0) > head ? 'ahead of the log' : undefined;
}

function logHead(database: SqliteFile): number {
  return (
    database.query<{ head: number | null }, []>('SELECT max(position) AS head FROM log.entries').get()
      ?.head ?? 0
  );
}
