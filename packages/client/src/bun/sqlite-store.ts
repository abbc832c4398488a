import { Database } from 'bun:sqlite';
import { SqlStore } from '../sql-store.ts';
import type { ClientStore } from '../store.ts';

/** A store in a SQLite file, made if it is missing. */
export function openSqliteStore(path: string): ClientStore {
  return new SqlStore(new Database(path, { create: true, strict: true }));
}
