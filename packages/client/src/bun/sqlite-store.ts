import { Database } from 'bun:sqlite';
import { SqlStore } from '../store/sql-store.ts';
import type { ClientStore } from '../store/store.ts';

/** A store in a SQLite file, made if it is missing. */
export function openSqliteStore(path: string): ClientStore {
  return new SqlStore(new Database(path, { create: true, strict: true }));
}
