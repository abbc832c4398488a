import {
  idFromBytes,
  idToBytes,
  type ReportReason,
  type RoomId,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { NewReport, ReportRecord } from '../../ports/reports.ts';
import type { NewReportRow, ReportRow } from './accounts-schema.ts';

export function toReportRecord(row: ReportRow): ReportRecord {
  const { closed_at: at, closed_by: by } = row;
  return {
    report: row.report,
    by: idFromBytes<UserId>('user', row.reporter),
    user: idFromBytes<UserId>('user', row.user),
    room: row.room === null ? undefined : idFromBytes<RoomId>('room', row.room),
    seq: (row.seq ?? undefined) as Seq | undefined,
    // What was stored is what the API took.
    reason: row.reason as ReportReason,
    note: row.note,
    text: row.text ?? undefined,
    at: row.at,
    blocked: row.blocked === 1,
    command: row.command ?? undefined,
    closed:
      at === null || by === null
        ? undefined
        : { at, by: idFromBytes<UserId>('user', by), remark: row.remark },
  };
}

export function toReportRow(report: NewReport): NewReportRow {
  const { by, user, room, seq, reason, note, text, at, blocked, command } = report;
  return {
    reporter: idToBytes(by),
    user: idToBytes(user),
    room: room === undefined ? null : idToBytes(room),
    seq: seq ?? null,
    ...{ reason, note, at },
    text: text ?? null,
    blocked: blocked ? 1 : 0,
    command: command ?? null,
    ...{ closed_at: null, closed_by: null, remark: '' },
  };
}
