import type { Database } from 'bun:sqlite';

/** A change of a database's schema, named by what it brings. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** What a database needs before this version can use it. */
export interface MigrationPlan {
  /** Not a table in it yet. */
  readonly empty: boolean;
  readonly missing: readonly Migration[];
  /** Applied by a later version, and not known to this one. */
  readonly unknown: readonly string[];
}

export function planMigrations(database: Database, known: readonly Migration[]): MigrationPlan {
  const empty = !hasTable(database, 'migrations');
  const applied = new Set(empty ? [] : appliedNames(database));
  return {
    empty,
    missing: known.filter(({ name }) => !applied.has(name)),
    unknown: [...applied].filter((name) => !known.some((migration) => migration.name === name)),
  };
}

/** Applies migrations, each in one transaction with the note that it was applied. */
export function applyMigrations(database: Database, missing: readonly Migration[], at: number): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT');
  for (const { name, statements } of missing) {
    database.transaction(() => {
      for (const statement of statements) database.exec(statement);
      database.prepare('INSERT INTO migrations VALUES (?, ?)').run(name, at);
    })();
  }
}

function appliedNames(database: Database): string[] {
  return database
    .query<{ name: string }, []>('SELECT name FROM migrations')
    .all()
    .map(({ name }) => name);
}

function hasTable(database: Database, name: string): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
  return database.query<unknown, [string]>(sql).get(name) !== null;
}
