import { idToBytes } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { NewReport, Reports } from '../../ports/reports.ts';
import type { AccountsSchema } from './accounts-schema.ts';
import { toReportRow } from './reports-rows.ts';

/** The writes of `Reports`. */
export type ReportWrites = Omit<Reports, 'report' | 'reports'>;

/** The same over SQL. The caller runs each in a transaction of its own, or under a savepoint. */
export function reportsWriter(db: Kysely<AccountsSchema>): ReportWrites {
  return {
    addReport: (report, openMax) => addReport(db, report, openMax),
    async closeReport(report, { at, by, remark }) {
      const { numUpdatedRows } = await db
        .updateTable('reports')
        .set({ closed_at: at, closed_by: idToBytes(by), remark, text: null })
        .where('report', '=', report)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async reopenReport(report) {
      const { numUpdatedRows } = await db
        .updateTable('reports')
        .set({ closed_at: null, closed_by: null, remark: '' })
        .where('report', '=', report)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

async function addReport(db: Kysely<AccountsSchema>, report: NewReport, openMax: number) {
  const row = toReportRow(report);
  const open = db.selectFrom('reports').where('reporter', '=', row.reporter).where('closed_at', 'is', null);
  const aboutThem = open.select('report').where('user', '=', row.user);
  const known = await aboutThem
    .where('room', 'is', row.room ?? null)
    .where('seq', 'is', row.seq ?? null)
    .executeTakeFirst();
  if (known !== undefined || (await hasBrought(db, report.command))) return 'known';
  const { count } = await open.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count >= openMax) {
    if (!report.blocked) return 'full';
    if ((await aboutThem.executeTakeFirst()) !== undefined) return 'known';
  }
  await db.insertInto('reports').values(row).execute();
  return 'added';
}

/** Whether a command has brought a report, whatever became of that. */
async function hasBrought(db: Kysely<AccountsSchema>, command: string | undefined): Promise<boolean> {
  if (command === undefined) return false;
  const brought = db.selectFrom('reports').select('report').where('command', '=', command);
  return (await brought.executeTakeFirst()) !== undefined;
}
