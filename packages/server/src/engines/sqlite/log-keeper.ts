import type { Statement } from 'bun:sqlite';
import { RolledBack } from '../sql/rolled-back.ts';
import type { LogRequest, Operation, OperationResult } from './log-request.ts';
import { LogWriter } from './log-writer.ts';
import { openWriter } from './open-database.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { sqliteCode } from './storage-error.ts';
import { WalKeeper } from './wal-keeper.ts';

const CACHE_KIBIBYTES = 8_000;
/** About so many characters of a group fill a page of the write-ahead log; and pages that any group changes. */
const CHARS_PER_PAGE = 4_000;
const PAGES_MIN = 2;

type Operate = (operation: Operation) => Promise<unknown>;

/** `log.db` in its thread: commits groups, and keeps its write-ahead log short between them. */
export class LogKeeper {
  readonly #database: SqliteFile;
  readonly #writer: LogWriter;
  readonly #wal: WalKeeper;
  readonly #begin: Statement;
  readonly #commit: Statement;
  /** Loaded when an account is first changed: a server that starts on existing data does without it. */
  #operations: Operate | undefined;
  #failed: unknown;

  constructor(path: string) {
    this.#database = openWriter(path, { synchronous: 'full', cacheKibibytes: CACHE_KIBIBYTES });
    this.#writer = new LogWriter(this.#database);
    this.#begin = this.#database.prepare('BEGIN IMMEDIATE');
    this.#commit = this.#database.prepare('COMMIT');
    this.#wal = new WalKeeper(this.#database, (error) => {
      this.#failed ??= error;
    });
  }

  /**
   * All of the group, and durable, or it throws and nothing of it is stored (but see `failureKind`).
   *
   * @param chars about how large it is
   */
  async commit(group: LogRequest & { kind: 'commit' }, chars: number): Promise<OperationResult[]> {
    if (this.#failed !== undefined) throw this.#failed;
    // Loaded before the transaction begins.
    if (group.operations.length > 0) this.#operations ??= await loadOperations(this.#database);
    const results: OperationResult[] = [];
    this.#begin.run();
    try {
      // Bodies first: a deletion in the same group erases them again.
      for (const [position, body] of group.bodies) this.#writer.writeBody(position, body);
      for (const row of group.rows) this.#writer.write(row);
      for (const operation of group.operations) results.push(await this.#run(operation));
      this.#commit.run();
    } catch (error) {
      // SQLite has ended some failed transactions by itself.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    this.#wal.committed(PAGES_MIN + chars / CHARS_PER_PAGE);
    return results;
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

  #operate(operation: Operation): Promise<unknown> {
    if (this.#operations === undefined) throw new Error('changes of accounts are not loaded');
    return this.#operations(operation);
  }

  /** One change of accounts; its failure undoes itself and leaves the group whole, unless the storage has failed. */
  async #run(operation: Operation): Promise<OperationResult> {
    this.#database.exec('SAVEPOINT operation');
    try {
      const value = await this.#operate(operation);
      this.#database.exec('RELEASE operation');
      return { value };
    } catch (error) {
      if (isStorageFailure(error) || !this.#database.inTransaction) throw error;
      this.#database.exec('ROLLBACK TO operation');
      this.#database.exec('RELEASE operation');
      if (error instanceof RolledBack) return { value: error.outcome };
      return { fault: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }
}

async function loadOperations(database: SqliteFile): Promise<Operate> {
  const { accountOperations } = await import('./account-operations.ts');
  return accountOperations(database);
}

function isStorageFailure(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && !code.startsWith('SQLITE_CONSTRAINT');
}
