import type { Database } from 'bun:sqlite';
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

/**
 * Kysely over one open connection. Transactions are the caller's: queries run one after the other in whatever
 * transaction the connection is in.
 */
export function kyselyOver<Schema>(database: Database): Kysely<Schema> {
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

class SqliteConnection implements DatabaseConnection {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    // `query` keeps the prepared statement for the next time.
    const statement = this.#database.query<Row, (string | number | Uint8Array | null)[]>(sql);
    const values = parameters as (string | number | Uint8Array | null)[];
    if (query.kind === 'SelectQueryNode' || ('returning' in query && query.returning !== undefined)) {
      return { rows: statement.all(...values) };
    }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not supported');
  }
}

async function nothing(): Promise<void> {}

async function transactionRefused(): Promise<never> {
  throw new Error('transactions belong to the caller');
}
