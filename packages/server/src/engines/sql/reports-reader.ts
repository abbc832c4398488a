import type { Kysely } from 'kysely';
import type { Reports } from '../../ports/reports.ts';
import type { AccountsSchema } from './accounts-schema.ts';
import { toReportRecord } from './reports-rows.ts';

/** The reads of `Reports` over SQL. */
export function reportsReader(db: Kysely<AccountsSchema>): Pick<Reports, 'report' | 'reports'> {
  return {
    async report(report) {
      const row = await db.selectFrom('reports').selectAll().where('report', '=', report).executeTakeFirst();
      return row && toReportRecord(row);
    },
    async reports({ state, before, limit }) {
      let page = db.selectFrom('reports').selectAll().orderBy('report', 'desc').limit(limit);
      if (before !== undefined) page = page.where('report', '<', before);
      if (state !== 'all') page = page.where('closed_at', state === 'open' ? 'is' : 'is not', null);
      return (await page.execute()).map(toReportRecord);
    },
  };
}
