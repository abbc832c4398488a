import type { Database } from 'bun:sqlite';
import { rmSync } from 'node:fs';
import { openWriter } from './open-database.ts';
import { sqliteCode } from './storage-error.ts';
import { VIEWS_SCHEMA, VIEWS_STATEMENTS } from './views-schema.ts';

/** Batches touch pages all over the file, in order: a cache is of use within one batch only. */
const CACHE_KIBIBYTES = 8_000;

export interface OpenedViews {
  readonly database: Database;
  /** The position up to which they hold everything. */
  readonly through: number;
  /** Why they were made anew; `undefined` if they were not. */
  readonly rebuilt: string | undefined;
}

interface LogState {
  /** Names the log that the projections must be of. */
  readonly log: number;
  readonly head: number;
}

/** Opens `views.db`. What is missing, damaged, of another version or of another log is thrown away and begun anew. */
export function openViews(path: string, log: LogState): OpenedViews {
  let database: Database | undefined;
  let reason: string;
  try {
    database = openWriter(path, { synchronous: 'normal', cacheKibibytes: CACHE_KIBIBYTES });
    const facts = readFacts(database);
    reason = wrong(facts, log) ?? '';
    if (facts !== undefined && reason === '')
      return { database, through: facts.get('through') ?? 0, rebuilt: undefined };
  } catch (error) {
    const code = sqliteCode(error);
    if (code !== 'SQLITE_NOTADB' && code?.startsWith('SQLITE_CORRUPT') !== true) throw error;
    reason = 'damaged';
  }
  database?.close();
  removeViews(path);
  return { database: createViews(path, log.log), through: 0, rebuilt: log.head === 0 ? undefined : reason };
}

/** Deletes the projections, so that the next start makes them anew. */
export function removeViews(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function createViews(path: string, log: number): Database {
  const database = openWriter(path, { synchronous: 'normal', cacheKibibytes: CACHE_KIBIBYTES });
  database.transaction(() => {
    for (const statement of VIEWS_STATEMENTS) database.exec(statement);
    const add = database.prepare<unknown, [string, number]>('INSERT INTO facts VALUES (?, ?)');
    add.run('schema', VIEWS_SCHEMA);
    add.run('log', log);
    add.run('through', 0);
  })();
  return database;
}

function readFacts(database: Database): Map<string, number> | undefined {
  const tables = database.query<{ name: string }, []>('SELECT name FROM sqlite_schema').all();
  if (!tables.some(({ name }) => name === 'facts')) return undefined;
  const facts = database.query<{ name: string; value: number }, []>('SELECT name, value FROM facts').all();
  return new Map(facts.map(({ name, value }) => [name, value]));
}

function wrong(facts: Map<string, number> | undefined, { log, head }: LogState): string | undefined {
  if (facts === undefined) return 'missing';
  if (facts.get('schema') !== VIEWS_SCHEMA) return 'of another version';
  if (facts.get('log') !== log) return 'of another log';
  // The log was put back to an earlier state.
  return (facts.get('through') ?? 0) > head ? 'ahead of the log' : undefined;
}
