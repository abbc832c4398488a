import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';

/** What SQLite's failure means to the log: see `StorageUnavailable` and `StorageBroken`. */
export type FailureKind = 'unavailable' | 'broken';

/** SQLite's own name of a failure, such as `SQLITE_FULL`; `undefined` for anything else that is thrown. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('SQLITE_') ? error.code : undefined;
}

/**
 * Failures after which nothing of the transaction is stored, and the next one may go through: there was no room, or a
 * write was turned down. SQLite writes again what such a transaction had left behind in its write-ahead log.
 */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'SQLITE_FULL',
  'SQLITE_NOMEM',
  'SQLITE_BUSY',
  'SQLITE_READONLY',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_NOMEM',
  'SQLITE_IOERR_SHMOPEN',
  'SQLITE_IOERR_SHMSIZE',
  'SQLITE_IOERR_SHMMAP',
  'SQLITE_IOERR_TRUNCATE',
]);

/**
 * All others leave unknown what is stored. Above all a failed fsync: the system may have dropped the written pages and
 * call the next fsync a success, so trying again would lie (https://wiki.postgresql.org/wiki/Fsync_Errors).
 */
export function failureKind(error: unknown): FailureKind {
  const code = sqliteCode(error);
  return code !== undefined && UNAVAILABLE.has(code) ? 'unavailable' : 'broken';
}

/** A failure's name for the operator. SQLite's own sentence is left out, as it could quote a value (`[PRIV6]`). */
export function failureDetail(error: unknown): string {
  return sqliteCode(error) ?? (error instanceof Error ? `${error.name}: ${error.message}` : typeof error);
}

/** The port's error for a failure of one of the two files. */
export function storageError(
  file: 'log' | 'projections',
  kind: FailureKind,
  detail: string,
): StorageUnavailable | StorageBroken {
  return kind === 'unavailable'
    ? new StorageUnavailable(`the ${file} could not be written (${detail})`)
    : new StorageBroken(`what is stored of the ${file} is not known (${detail})`);
}
