import { Database } from 'bun:sqlite';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DataFolderError } from './data-folder-error.ts';
import { sqliteCode } from './storage-error.ts';

/** The files of a data folder. */
export interface DataFolder {
  /** The truth. */
  readonly logPath: string;
  /** What follows from it: may be deleted while no server runs, and is then made anew. */
  readonly viewsPath: string;
  readonly backupsPath: string;
  /** Lets another server have the folder. */
  release(): void;
}

/**
 * Takes a data folder for this process, and makes it if it isn't there. What holds it is a lock of the operating system
 * on the file `lock`: it ends with the process, however that dies, so a left-over file blocks nobody.
 *
 * @throws DataFolderError
 */
export async function takeDataFolder(directory: string): Promise<DataFolder> {
  try {
    // Messages and password hashes lie here: nobody but the server's own user reads them.
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new DataFolderError(
      'unusable',
      `The data folder ${directory} can't be made: give a folder that may be written with --data.`,
      { cause },
    );
  }
  const lock = takeLock(directory);
  return {
    logPath: path.join(directory, 'log.db'),
    viewsPath: path.join(directory, 'views.db'),
    backupsPath: path.join(directory, 'backups'),
    release: () => lock.close(),
  };
}

function takeLock(directory: string): Database {
  let lock: Database | undefined;
  try {
    lock = new Database(path.join(directory, 'lock'), { create: true });
    lock.exec('PRAGMA journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (sqliteCode(cause) === 'SQLITE_BUSY') {
      throw new DataFolderError(
        'in-use',
        `Another server uses the data folder ${directory}: stop it, or give another folder with --data.`,
        { cause },
      );
    }
    throw new DataFolderError(
      'unusable',
      `The data folder ${directory} can't be written: check who owns it, or give another with --data.`,
      { cause },
    );
  }
}
