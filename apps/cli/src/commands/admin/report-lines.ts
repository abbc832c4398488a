import type { Report } from '@maru/protocol';
import { dateTime } from '../../terminal/date-time.ts';
import { table } from '../../terminal/table.ts';

/** Reports under a heading, one a line. */
export function reportLines(reports: readonly Report[]): string[] {
  const rows = reports.map(({ report, state, at, by, user, reason, note = '' }) => [
    String(report),
    state,
    dateTime(at),
    `@${user.handle}`,
    `@${by.handle}`,
    reason,
    note,
  ]);
  return table([['NUMBER', 'STATE', 'AT', 'WHO', 'REPORTED BY', 'REASON', 'NOTE'], ...rows]);
}

/** All of one report. */
export function wholeReport(one: Report): string[] {
  const { report, by, user, room = '', seq, reason, note = '', text = '', at, state, blocked } = one;
  const rows: [string, string][] = [
    ['number', String(report)],
    ['state', state],
    ['at', dateTime(at)],
    ['who', `@${user.handle}  ${user.user}`],
    ['reported by', `@${by.handle}  ${by.user}`],
    ['reason', reason],
    ['blocked', blocked === true ? 'yes, with the report' : ''],
    ['note', note],
    ['room', room],
    ['message', seq === undefined ? '' : String(seq)],
    ['text', text],
    ['closed', one.closedAt === undefined ? '' : dateTime(one.closedAt)],
    ['closed by', one.closedBy === undefined ? '' : `@${one.closedBy.handle}`],
    ['remark', one.remark ?? ''],
  ];
  return table(rows.filter(([, value]) => value !== ''));
}
