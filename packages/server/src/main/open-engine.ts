import path from 'node:path';
import { DataFolderError } from '../engines/sqlite/data-folder-error.ts';
import { openSqliteEngine, type SqliteEngine } from '../engines/sqlite/sqlite-engine.ts';
import type { Logger } from '../ports/logger.ts';
import { StartError } from './start-error.ts';
import { systemClock } from './system-clock.ts';

/**
 * Opens a data folder; made if it is missing.
 * @throws {StartError}
 */
export async function openEngine(dataFolder: string, logger: Logger): Promise<SqliteEngine> {
  // Whatever is made from here on is the server's own user's alone, also in a folder that was there and others may enter.
  process.umask(0o077);
  try {
    return await openSqliteEngine({ dataDir: path.resolve(dataFolder), clock: systemClock, logger });
  } catch (cause) {
    if (cause instanceof DataFolderError) throw new StartError(cause.message, { cause });
    throw cause;
  }
}
