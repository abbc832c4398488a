import { Database } from 'bun:sqlite';

/**
 * Takes a store for this process: two clients on one would mint the same ids (`[ONCE2]`). The lock is the operating
 * system's and ends with the process, however that dies. `undefined`: another process has it.
 *
 * @param path the store's file; the lock is a file beside it
 */
export function lockStore(path: string): Disposable | undefined {
  const lock = new Database(`${path}.lock`, { create: true });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return { [Symbol.dispose]: () => lock.close() };
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}
