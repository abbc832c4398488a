import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../core/projection/log-check.ts';
import type { DataFolder } from './data-folder.ts';
import { openReader } from './open-database.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { ViewsKeeper } from './views-keeper.ts';

const CACHE_KIBIBYTES = 8_000;
/** Rows of a table that are named where it differs. */
const DIFFERENCES_SHOWN_MAX = 10;

/**
 * Tables as both must have them. How a user's own events are cut into blocks depends on the batches in which they came,
 * so they are put together again; what is soft is in no log.
 */
const COMPARED: Readonly<Record<string, (schema: string) => string>> = {
  rooms: (schema) => `SELECT * FROM ${schema}.rooms`,
  spans: (schema) => `SELECT * FROM ${schema}.spans`,
  commands: (schema) => `SELECT * FROM ${schema}.commands`,
  user_rooms: (schema) =>
    `SELECT u.user, u.room, u.own, coalesce((
       SELECT group_concat(hex(seqs), '') FROM (
         SELECT seqs FROM ${schema}.own_blocks AS b WHERE b.user = u.user AND b.room = u.room ORDER BY first
       )), '') || hex(u.own_newest)
     FROM ${schema}.user_rooms AS u WHERE u.own > 0`,
  deleted: (schema) => `SELECT * FROM ${schema}.deleted`,
  edits: (schema) => `SELECT * FROM ${schema}.edits`,
};

/** Compares `views.db` with one made anew from the log, which is deleted again. */
export function compareProjections(folder: DataFolder, head: number): Finding[] {
  const scratch = mkdtempSync(path.join(path.dirname(folder.viewsPath), 'verify-'));
  try {
    const freshPath = path.join(scratch, 'views.db');
    const fresh = new ViewsKeeper(freshPath, folder.logPath, 0);
    fresh.apply(head, { delivered: [], lastActive: [] });
    fresh.close();
    using database = openReader(folder.viewsPath, CACHE_KIBIBYTES);
    database.attachReadOnly(freshPath, 'fresh');
    return Object.entries(COMPARED).flatMap(([table, rows]) => compareTable(database, table, rows));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function compareTable(database: SqliteFile, table: string, rows: (schema: string) => string): Finding[] {
  return [
    ...difference(database, `${rows('main')} EXCEPT ${rows('fresh')}`, `${table}: not in a replay`),
    ...difference(database, `${rows('fresh')} EXCEPT ${rows('main')}`, `${table}: only in a replay`),
  ];
}

function difference(database: SqliteFile, sql: string, detail: string): Finding[] {
  const { count } = database
    .prepare<{ count: number }, []>(`SELECT count(*) AS count FROM (${sql})`)
    .get() ?? { count: 0 };
  if (count === 0) return [];
  const shown = database.prepare<Record<string, unknown>, []>(`${sql} LIMIT ${DIFFERENCES_SHOWN_MAX}`).all();
  const findings: Finding[] = shown.map((row) => ({
    what: 'projection',
    detail: `${detail} (room number ${String(row.room ?? row.no)})`,
  }));
  if (count > shown.length) findings.push({ what: 'projection', detail: `${detail}: ${count} rows in all` });
  return findings;
}
