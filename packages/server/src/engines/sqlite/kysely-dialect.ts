import type { Statement } from 'bun:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteFile } from './sqlite-file.ts';

/**
 * Kysely over one open connection. Transactions are the caller's: queries run one after the other in whatever
 * transaction the connection is in.
 */
export function kyselyOver<Schema>(database: SqliteFile): Kysely<Schema> {
  const connection = new SqliteConnection(database);
  const driver: Driver = {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: transactionRefused,
    commitTransaction: transactionRefused,
    rollbackTransaction: transactionRefused,
    releaseConnection: nothing,
    destroy: nothing,
  };
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Schema>({ dialect });
}

/** Prepared statements that are kept; what goes beyond is prepared each time. */
const STATEMENTS_MAX = 100;

type Value = string | number | Uint8Array | null;

class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteFile;
  readonly #statements = new Map<string, Statement<unknown, Value[]>>();

  constructor(database: SqliteFile) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const kept = this.#statements.get(sql);
    const statement = kept ?? this.#database.prepare<unknown, Value[]>(sql);
    try {
      const values = parameters as Value[];
      const gives =
        query.kind === 'SelectQueryNode' || ('returning' in query && query.returning !== undefined);
      if (gives) return { rows: statement.all(...values) as Row[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } finally {
      if (kept === undefined) this.#keep(sql, statement);
    }
  }

  #keep(sql: string, statement: Statement<unknown, Value[]>): void {
    if (this.#statements.size < STATEMENTS_MAX) this.#statements.set(sql, statement);
    else this.#database.release(statement);
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not supported');
  }
}

async function nothing(): Promise<void> {}

async function transactionRefused(): Promise<never> {
  throw new Error('transactions belong to the caller');
}
