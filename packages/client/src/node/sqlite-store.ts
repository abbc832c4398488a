import { SqlStore } from '../store/sql-store.ts';
import type { ClientStore } from '../store/store.ts';

/**
 * A store in a SQLite file, made if it is missing. Needs Node 22.13 or later: the module is asked for here, so that the
 * rest of the SDK runs without it.
 */
export async function openSqliteStore(path: string): Promise<ClientStore> {
  const { DatabaseSync } = await import('node:sqlite').catch((cause: unknown) => {
    throw new Error(`A SQLite store needs Node 22.13 or later; this is ${process.version}.`, { cause });
  });
  return new SqlStore(new DatabaseSync(path));
}
