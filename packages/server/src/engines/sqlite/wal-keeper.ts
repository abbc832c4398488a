import type { Database, Statement } from 'bun:sqlite';
import { failureKind, sqliteCode } from './storage-error.ts';

/** Pages of write-ahead log after which they are copied into the database, between two commits. */
const CHECKPOINT_PAGES_MIN = 1_000;
/** Without a commit for so long, the write-ahead log is emptied: what was erased is then nowhere any more. */
const IDLE_MS = 1_000;

interface CheckpointResult {
  readonly busy: number;
}

/**
 * Keeps a database's write-ahead log short. A checkpoint that can't go on (a reader is in its way, the disk is full) is
 * tried again later and harms nothing; one that leaves the file's state unknown is told to `onBroken`.
 */
export class WalKeeper {
  readonly #passive: Statement<CheckpointResult, []>;
  readonly #truncate: Statement<CheckpointResult, []>;
  readonly #onBroken: (error: unknown) => void;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #pages = 0;
  #commits = 0;
  #broken: unknown;

  constructor(database: Database, onBroken: (error: unknown) => void) {
    this.#passive = database.prepare('PRAGMA main.wal_checkpoint(PASSIVE)');
    this.#truncate = database.prepare('PRAGMA main.wal_checkpoint(TRUNCATE)');
    this.#onBroken = onBroken;
  }

  /** Called after each commit with about how many pages it wrote. */
  committed(pages: number): void {
    this.#pages += pages;
    this.#commits++;
    if (this.#pages >= CHECKPOINT_PAGES_MIN) {
      this.#pages = 0;
      this.#run(this.#passive);
    }
    if (this.#idle === undefined) this.#emptyLater();
  }

  /** Copies everything and empties the write-ahead log. False where a reader was in the way. */
  empty(): boolean {
    this.#pages = 0;
    return this.#run(this.#truncate);
  }

  close(): void {
    clearTimeout(this.#idle);
  }

  /** Emptying waits for readers, and all commits behind it do: it is only for when there are none. */
  #emptyLater(): void {
    const before = this.#commits;
    this.#idle = setTimeout(() => {
      this.#idle = undefined;
      const emptied = this.#commits === before && this.empty();
      // No request is under way that could be told: the thread ends by it, which its owner sees.
      if (this.#broken !== undefined) throw this.#broken;
      if (!emptied) this.#emptyLater();
    }, IDLE_MS);
  }

  #run(checkpoint: Statement<CheckpointResult, []>): boolean {
    try {
      return checkpoint.get()?.busy === 0;
    } catch (error) {
      // A checkpoint that was turned down for lack of room or by a lock is none of the log's failures.
      if (sqliteCode(error) !== 'SQLITE_LOCKED' && failureKind(error) === 'broken') {
        this.#broken = error;
        this.#onBroken(error);
      }
      return false;
    }
  }
}
