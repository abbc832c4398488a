import type { SQLQueryBindings, Statement } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { newUserId } from '@maru/protocol';
import { accountsReader } from '../sql/accounts-reader.ts';
import type { AccountsSchema } from '../sql/accounts-schema.ts';
import { administration } from '../sql/administration.ts';
import { reportsReader } from '../sql/reports-reader.ts';
import { reportsWriter } from '../sql/reports-writer.ts';
import { kyselyOver } from './kysely-dialect.ts';
import { LOG_MIGRATIONS } from './log-schema.ts';
import { SqliteFile } from './sqlite-file.ts';

/** A database that notes how it will find what it is asked for. */
class PlannedFile extends SqliteFile {
  readonly plans: string[] = [];

  override prepare<Row, Params extends SQLQueryBindings | SQLQueryBindings[]>(
    sql: string,
    params?: Params,
    // biome-ignore lint/suspicious/noExplicitAny: it is so in the method that this one overrides.
  ): Statement<Row, Params extends any[] ? Params : [Params]> {
    const plan = super.prepare<{ detail: string }, never[]>(`EXPLAIN QUERY PLAN ${sql}`).all();
    this.plans.push(plan.map(({ detail }) => detail).join('; '));
    return super.prepare<Row, Params>(sql, params);
  }
}

test('[ADMIN6] every page is found by an index, and nothing is sorted for it', async () => {
  using database = new PlannedFile(':memory:', 'write');
  for (const { statements } of LOG_MIGRATIONS) for (const sql of statements) database.exec(sql);
  const db = kyselyOver<AccountsSchema>(database);
  const reader = accountsReader(db);
  for (const only of [undefined, 'administrators', 'suspended'] as const) {
    await reader.listUsers({ after: 'm', limit: 50, only });
  }
  await reader.openInvites({ now: 0, after: { expiresAt: 5, id: 'a' }, limit: 50 });
  await reader.openInvites({ now: 0, after: undefined, limit: 50 });
  const reports = reportsReader(db);
  for (const state of ['open', 'closed', 'all'] as const)
    await reports.reports({ state, before: 9, limit: 50 });
  expect(database.plans).toEqual([
    expect.stringMatching(/^SEARCH users USING INDEX \w+ \(handle>\?\)$/),
    'SEARCH users USING INDEX users_administrators (handle>?)',
    'SEARCH users USING INDEX users_suspended (handle>?)',
    'SEARCH invites USING INDEX invites_open ((expires_at,hash)>(?,?))',
    'SEARCH invites USING INDEX invites_open (expires_at>?)',
    'SEARCH reports USING INDEX reports_open (report<?)',
    'SEARCH reports USING INDEX reports_closed (report<?)',
    'SEARCH reports USING INTEGER PRIMARY KEY (rowid<?)',
  ]);
  database.plans.length = 0;
  await administration(db).suspendUser(newUserId(), 0);
  await administration(db).setAdministrator(newUserId(), false);
  await administration(db).revokeInvite('a');
  await reader.endedBySuspension('a');
  const report = { by: newUserId(), user: newUserId(), room: undefined, seq: undefined, text: undefined };
  const told = { reason: 'spam', note: '', at: 0, blocked: true, command: 'a' } as const;
  await reportsWriter(db).addReport({ ...report, ...told }, 1);
  for (const plan of database.plans) expect(plan).not.toMatch(/SCAN (?!users USING INDEX users_adm)|TEMP/);
});
