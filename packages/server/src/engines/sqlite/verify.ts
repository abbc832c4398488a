import { type Finding, LogCheck } from '../../core/projection/log-check.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { LogReader } from './log-reader.ts';
import { openReader } from './open-database.ts';
import { prepareLog } from './prepare-log.ts';
import { compareProjections } from './verify-projections.ts';
import { checkErasures, checkMarks, checkMembers } from './verify-truth.ts';
import { ViewsKeeper } from './views-keeper.ts';

const CACHE_KIBIBYTES = 8_000;
/** Entries read at a time. */
const WALK_ENTRIES = 2_000;

export interface Verification {
  readonly entries: number;
  readonly rooms: number;
  /** Empty: all is as it should be. */
  readonly findings: readonly Finding[];
}

export interface VerifyOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onProgress?: (entry: number, entries: number) => void;
}

/**
 * Checks a data folder that no server uses: walks the log ({@link LogCheck}), compares memberships and marks with what
 * its entries make of them, looks that what was deleted is erased, and compares the projections with fresh ones.
 *
 * @throws DataFolderError
 */
export async function verifyDataFolder(options: VerifyOptions): Promise<Verification> {
  const { clock, dataDir, logger, onProgress } = options;
  const folder = await takeDataFolder(dataDir);
  try {
    const { log: logName } = prepareLog(folder, clock.now());
    using log = openReader(folder.logPath, CACHE_KIBIBYTES);
    const reader = new LogReader(log);
    const head = reader.head();
    catchUp(folder, logName, head, logger);
    const check = new LogCheck();
    for (let after = 0; after < head; after += WALK_ENTRIES) {
      const through = Math.min(head, after + WALK_ENTRIES);
      for (const entry of reader.entries(after, through, WALK_ENTRIES)) check.add(entry);
      onProgress?.(through, head);
    }
    const findings = [
      ...check.findings,
      ...checkMembers(log, check.memberships()),
      ...checkMarks(log),
      ...checkErasures(log),
      ...compareProjections(folder, head),
    ];
    return { entries: head, rooms: check.rooms, findings };
  } finally {
    folder.release();
  }
}

/** Brings the projections up to date, as a start of the server would. */
function catchUp(folder: DataFolder, log: number, head: number, logger: Logger): void {
  const views = new ViewsKeeper(folder.viewsPath, folder.logPath, log);
  try {
    if (views.rebuilt !== undefined)
      logger.warn({ reason: views.rebuilt }, 'the projections are made anew from the log');
    views.apply(head, { delivered: [], lastActive: [] });
  } finally {
    views.close();
  }
}
