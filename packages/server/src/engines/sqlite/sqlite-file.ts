import { constants, Database, type SQLQueryBindings, type Statement } from 'bun:sqlite';
import { pathToFileURL } from 'node:url';

/**
 * A connection to a file. Closing it gives its locks back at once: Bun's own leaves that to the time when the last
 * statement was collected as garbage.
 */
export class SqliteFile extends Database {
  readonly #statements = new Set<{ finalize(): void }>();

  constructor(path: string, mode: 'write' | 'read') {
    const rights =
      mode === 'write'
        ? constants.SQLITE_OPEN_READWRITE | constants.SQLITE_OPEN_CREATE
        : constants.SQLITE_OPEN_READONLY;
    // Files that are attached later are given as URIs.
    super(path, rights | constants.SQLITE_OPEN_URI);
  }

  override prepare<Row, Params extends SQLQueryBindings | SQLQueryBindings[]>(
    sql: string,
    params?: Params,
    // biome-ignore lint/suspicious/noExplicitAny: it is so in the method that this one overrides.
  ): Statement<Row, Params extends any[] ? Params : [Params]> {
    const statement = super.prepare<Row, Params>(sql, params);
    this.#statements.add(statement);
    return statement;
  }

  /** Lets a statement go before the connection is closed. */
  release(statement: { finalize(): void }): void {
    statement.finalize();
    this.#statements.delete(statement);
  }

  override close(): void {
    for (const statement of this.#statements) statement.finalize();
    this.#statements.clear();
    super.close();
  }

  /** Lets this connection read another file, too, under a name. */
  attachReadOnly(path: string, name: 'log'): void {
    this.run(`ATTACH ? AS ${name}`, [`${pathToFileURL(path).href}?mode=ro`]);
  }
}
