import { SqliteFile } from './sqlite-file.ts';

export interface DatabaseSettings {
  /** `full`: a commit is on the disk when it returns. `normal`: it is at the next checkpoint. */
  readonly synchronous: 'full' | 'normal';
  /** Kibibytes of pages that the connection may keep; taken as they are needed. */
  readonly cacheKibibytes: number;
}

/** How long a connection waits for another one's lock: only a checkpoint or a recovery ever holds one for long. */
const BUSY_MS = 1_000;

/** The one connection that writes a file. Checkpoints are the writer's own work, between transactions. */
export function openWriter(path: string, settings: DatabaseSettings): SqliteFile {
  const database = new SqliteFile(path, 'write');
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    // Only a file without tables takes it; what is freed is then left for the next rows.
    database.exec('PRAGMA auto_vacuum = NONE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${settings.synchronous}`);
    database.exec('PRAGMA wal_autocheckpoint = 0');
    database.exec('PRAGMA secure_delete = ON');
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec(`PRAGMA cache_size = -${settings.cacheKibibytes}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection that reads a file while the writer writes it. Every statement sees all that is committed. */
export function openReader(path: string, cacheKibibytes: number): SqliteFile {
  const database = new SqliteFile(path, 'read');
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  database.exec('PRAGMA query_only = ON');
  database.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
  return database;
}
