import type { Database, Statement } from 'bun:sqlite';
import { LogReader } from './log-reader.ts';
import { openReader } from './open-database.ts';
import { openViews } from './open-views.ts';
import { VIEW_ROW_SQL, type ViewRow, ViewsBatch } from './views-batch.ts';
import type { SoftWrites } from './views-request.ts';
import { ViewsWriter } from './views-writer.ts';
import { WalKeeper } from './wal-keeper.ts';

const LOG_CACHE_KIBIBYTES = 1_000;
/** Entries of one transaction: more of them cost less each, and hold memory for longer. */
const BATCH_ENTRIES_MAX = 65_536;
/** Entries read at a time. */
const CHUNK_ENTRIES = 2_048;
/** About so many entries change a page, where they are spread widely. */
const ENTRIES_PER_PAGE = 8;

const NOTHING_SOFT: SoftWrites = { delivered: [], lastActive: [] };

/** `views.db` in its thread: follows the log, in batches. */
export class ViewsKeeper {
  readonly #log: Database;
  readonly #views: Database;
  readonly #writer: ViewsWriter;
  readonly #wal: WalKeeper;
  readonly #rows: Statement<unknown, [number, number]>;
  readonly #note: Statement<unknown, [number]>;
  /** Why the projections had to be made anew. */
  readonly rebuilt: string | undefined;
  #through: number;
  #failed: unknown;

  constructor(path: string, logPath: string, log: number) {
    this.#log = openReader(logPath, LOG_CACHE_KIBIBYTES);
    const logReader = new LogReader(this.#log);
    const { database, through, rebuilt } = openViews(path, { log, head: logReader.head() });
    this.#views = database;
    this.#through = through;
    this.rebuilt = rebuilt;
    this.#writer = new ViewsWriter(database, logReader);
    this.#rows = this.#log.prepare(VIEW_ROW_SQL);
    this.#note = database.prepare("UPDATE facts SET value = ? WHERE name = 'through'");
    this.#wal = new WalKeeper(database, (error) => {
      this.#failed ??= error;
    });
  }

  /** The position up to which the projections hold everything. */
  get through(): number {
    return this.#through;
  }

  /** Takes in the log up to `through`. What was taken in stays when a later batch fails. */
  apply(through: number, soft: SoftWrites): void {
    if (this.#failed !== undefined) throw this.#failed;
    let pending = soft;
    do {
      const next = Math.min(through, this.#through + BATCH_ENTRIES_MAX);
      const batch = this.#read(next);
      this.#views.transaction(() => {
        this.#writer.write(batch, pending);
        this.#note.run(next);
      })();
      this.#wal.committed((next - this.#through) / ENTRIES_PER_PAGE);
      this.#through = next;
      pending = NOTHING_SOFT;
    } while (this.#through < through);
  }

  checkpoint(): void {
    this.#wal.empty();
    if (this.#failed !== undefined) throw this.#failed;
  }

  close(): void {
    this.#wal.close();
    this.#wal.empty();
    this.#views.close();
    this.#log.close();
  }

  #read(through: number): ViewsBatch {
    const batch = new ViewsBatch();
    for (let from = this.#through; from < through; from += CHUNK_ENTRIES) {
      const rows = this.#rows.values(from, Math.min(through, from + CHUNK_ENTRIES)) as unknown as ViewRow[];
      for (const row of rows) batch.add(row);
    }
    return batch;
  }
}
