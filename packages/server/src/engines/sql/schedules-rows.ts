import { type ErrorCode, idFromBytes, type RoomId, type ScheduledId, type UserId } from '@maru/protocol';
import type { ScheduledRecord } from '../../ports/schedules.ts';
import type { ScheduledRow } from './accounts-schema.ts';

/** A row of which something is left. */
export function toScheduledRecord(row: ScheduledRow): ScheduledRecord {
  if (row.message === null) throw new Error('a scheduled message without what it says');
  return {
    scheduled: idFromBytes<ScheduledId>('scheduled', row.id),
    user: idFromBytes<UserId>('user', row.user_id),
    room: idFromBytes<RoomId>('room', row.room),
    at: row.at,
    state: row.state as ScheduledRecord['state'],
    error: (row.error ?? undefined) as ErrorCode | undefined,
    attempt: row.attempt,
    message: row.message,
  };
}
