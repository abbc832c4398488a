import type { Clock } from '../../ports/clock.ts';
import type { Engine } from '../../ports/engine.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Position } from '../../ports/position.ts';
import { askViews } from './ask-views.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { DataFolderError } from './data-folder-error.ts';
import { LogGroups } from './log-groups.ts';
import { LogReader } from './log-reader.ts';
import { openReader } from './open-database.ts';
import { removeViews } from './open-views.ts';
import { prepareLog } from './prepare-log.ts';
import { ReactionIndex } from './reaction-index.ts';
import { ReactionsReader } from './reactions-reader.ts';
import { RoomIndex } from './room-index.ts';
import { SoftMarks } from './soft-marks.ts';
import { sqliteDirectory } from './sqlite-directory.ts';
import { sqliteInboxStore } from './sqlite-inbox-store.ts';
import { SqliteLog } from './sqlite-log.ts';
import { sqliteReports } from './sqlite-reports.ts';
import { sqliteRoomStore } from './sqlite-room-store.ts';
import { sqliteSchedules } from './sqlite-schedules.ts';
import { sqliteSettingStore } from './sqlite-setting-store.ts';
import { failureDetail } from './storage-error.ts';
import { StorageThread } from './storage-thread.ts';
import { Tail } from './tail.ts';
import { ViewsFeeder } from './views-feeder.ts';
import { ViewsReader } from './views-reader.ts';

const LOG_CACHE_KIBIBYTES = 4_000;
const VIEWS_CACHE_KIBIBYTES = 4_000;
/** Entries that are taken into the tail at the start; where there are more, the projections take them in first. */
const TAIL_AT_START_MAX = 16_384;

export interface SqliteEngineOptions {
  /** The folder that holds everything; made if it isn't there. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For tests: the projections don't follow the log, as if they lagged for ever. No read may notice. */
  readonly freezeViews?: boolean;
}

export interface SqliteEngine extends Engine {
  /** Entries of the log that the projections have still to take in. */
  readonly viewsBehind: number;
  /**
   * Brings the projections and both files up to date and empties the write-ahead logs: what was erased is then in no
   * file any more.
   */
  checkpoint(): Promise<void>;
}

/**
 * Opens the engine of one data folder: `log.db` and `views.db`, each written by a thread of its own and read here.
 * Disposing of it stores what was begun.
 *
 * @throws DataFolderError when the folder can't be used: one sentence that says what to do
 */
export async function openSqliteEngine(options: SqliteEngineOptions): Promise<SqliteEngine> {
  try {
    return await open(options);
  } catch (error) {
    if (!(error instanceof StorageUnavailable || error instanceof StorageBroken)) throw error;
    throw new DataFolderError(
      'unusable',
      `The data folder ${options.dataDir} can't be used (${error.message}): check that its disk has room and is in order.`,
      { cause: error },
    );
  }
}

async function open(options: SqliteEngineOptions): Promise<SqliteEngine> {
  const { clock, logger, dataDir, freezeViews: frozen = false } = options;
  await using opening = new AsyncDisposableStack();
  const folder = await takeDataFolder(dataDir);
  opening.defer(() => folder.release());
  const { log, epoch } = prepareLog(folder, clock.now());

  const broken = Promise.withResolvers<unknown>();
  const groups = await openLog({ folder, logger, opening, onDead: broken.resolve });
  const logDatabase = opening.use(openReader(folder.logPath, LOG_CACHE_KIBIBYTES));
  const reader = new LogReader(logDatabase);
  const head = reader.head();

  const views = await openViews({ folder, log, logger, opening, onDead: broken.resolve });
  if (head - views.through > TAIL_AT_START_MAX && !frozen) {
    await askViews(views.thread, { kind: 'apply', through: head, soft: { delivered: [], lastActive: [] } });
    views.through = head;
  }
  const tail = new Tail(views.through);
  const soft = new SoftMarks();
  const feeder = new ViewsFeeder({
    thread: views.thread,
    through: views.through,
    tail,
    soft,
    clock,
    frozen,
    onFailed: (error) => {
      logger.error({ code: error.code }, error.message);
      if (error.code !== 'storage-broken') return;
      removeViews(folder.viewsPath);
      broken.resolve(error);
    },
  });
  opening.defer(() =>
    noted(logger, 'the projections were not closed as they should be', () => feeder.close()),
  );

  const viewsDatabase = opening.use(openReader(folder.viewsPath, VIEWS_CACHE_KIBIBYTES));
  const viewsReader = new ViewsReader(viewsDatabase);
  const index = new RoomIndex(viewsReader, tail);
  const reactions = new ReactionIndex(new ReactionsReader(viewsDatabase), viewsReader, tail);
  const sqliteLog = new SqliteLog({ epoch, groups, reader, index, tail, feeder });
  sqliteLog.load(head);
  const closing = opening.move();
  return {
    broken: broken.promise,
    log: sqliteLog,
    rooms: sqliteRoomStore(index, reader, reactions),
    inboxes: sqliteInboxStore({
      index,
      log: reader,
      views: viewsReader,
      soft,
      softWritten: () => feeder.nudge(),
    }),
    settings: sqliteSettingStore(logDatabase),
    directory: sqliteDirectory(groups, logDatabase),
    reports: sqliteReports(groups, logDatabase),
    schedules: sqliteSchedules(groups, logDatabase),
    get viewsBehind() {
      return sqliteLog.head - feeder.through;
    },
    async checkpoint() {
      await groups.alone({ kind: 'checkpoint' });
      await feeder.checkpoint();
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

interface Opening {
  readonly folder: DataFolder;
  readonly logger: Logger;
  readonly opening: AsyncDisposableStack;
  /** A thread ended by itself. */
  readonly onDead: (error: Error) => void;
}

async function openLog({ folder, logger, opening, onDead }: Opening): Promise<LogGroups> {
  const thread = new StorageThread(new Worker(new URL('./log-thread.ts', import.meta.url)), onDead);
  opening.defer(() => thread.terminate());
  const groups = new LogGroups(thread);
  await groups.alone({ kind: 'open', path: folder.logPath });
  opening.defer(() =>
    noted(logger, 'the log was not closed as it should be', () => groups.alone({ kind: 'close' })),
  );
  return groups;
}

async function openViews({ folder, log, logger, opening, onDead }: Opening & { readonly log: number }) {
  const thread = new StorageThread(new Worker(new URL('./views-thread.ts', import.meta.url)), onDead);
  opening.defer(() => thread.terminate());
  const { viewsPath: path, logPath } = folder;
  const { through, rebuilt } = await askViews(thread, { kind: 'open', path, logPath, log });
  if (rebuilt !== undefined)
    logger.warn({ file: path, reason: rebuilt }, 'the projections are made anew from the log');
  return { thread, through: through as Position };
}

/** Closing goes on where one part of it fails. */
async function noted(logger: Logger, message: string, close: () => Promise<void>): Promise<void> {
  try {
    await close();
  } catch (error) {
    logger.warn({ reason: failureDetail(error) }, message);
  }
}
