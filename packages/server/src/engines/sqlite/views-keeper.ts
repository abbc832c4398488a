import type { Statement } from 'bun:sqlite';
import { openViews } from './open-views.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { SoftWrites } from './views-request.ts';
import { ViewsWriter } from './views-writer.ts';
import { WalKeeper } from './wal-keeper.ts';

/** Entries of one transaction: more of them cost less each, and hold memory for longer. */
const BATCH_ENTRIES_MAX = 65_536;
/** About so many entries change a page, where they are spread widely. */
const ENTRIES_PER_PAGE = 8;

const NOTHING_SOFT: SoftWrites = { delivered: [], lastActive: [] };

/** `views.db` in its thread: follows the log, in batches. */
export class ViewsKeeper {
  readonly #database: SqliteFile;
  readonly #writer: ViewsWriter;
  readonly #wal: WalKeeper;
  readonly #note: Statement<unknown, [number]>;
  /** Why the projections had to be made anew. */
  readonly rebuilt: string | undefined;
  #through: number;
  #failed: unknown;

  constructor(path: string, logPath: string, log: number) {
    const { database, through, rebuilt } = openViews(path, logPath, log);
    this.#database = database;
    this.#through = through;
    this.rebuilt = rebuilt;
    this.#writer = new ViewsWriter(database);
    this.#note = database.prepare("UPDATE main.facts SET value = ? WHERE name = 'through'");
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
      this.#database.transaction(() => {
        this.#writer.write(this.#through, next, pending);
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
    this.#database.close();
  }
}
