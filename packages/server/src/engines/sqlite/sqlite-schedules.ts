import { idFromBytes, idToBytes, type UserId } from '@maru/protocol';
import type { ScheduledRecord, Schedules } from '../../ports/schedules.ts';
import type { ScheduledRow } from '../sql/accounts-schema.ts';
import { toScheduledRecord } from '../sql/schedules-rows.ts';
import type { ScheduleWrites } from '../sql/schedules-writer.ts';
import type { LogGroups } from './log-groups.ts';
import type { SqliteFile } from './sqlite-file.ts';

const LEFT = "state IN ('waiting', 'firing', 'failed')";

/** `Schedules` over SQLite: writes go with the log's groups, reads see what they have committed. */
export function sqliteSchedules(groups: LogGroups, database: SqliteFile): Schedules {
  const write =
    <M extends keyof ScheduleWrites>(method: M) =>
    (...args: Parameters<ScheduleWrites[M]>) =>
      groups.operate(method, args) as ReturnType<ScheduleWrites[M]>;
  return {
    add: write('addScheduled'),
    change: write('changeScheduled'),
    remove: write('removeScheduled'),
    settle: write('settleScheduled'),
    // What the thread gives back went through JSON, where nothing is no field.
    claim: async (through, limit) =>
      (await write('claimScheduled')(through, limit)).map(
        (record): ScheduledRecord => ({ ...record, error: record.error }),
      ),
    async list(user) {
      const rows = database
        .query<ScheduledRow, [Uint8Array]>(
          `SELECT * FROM scheduled WHERE user_id = ? AND ${LEFT} ORDER BY at, id`,
        )
        .all(idToBytes(user));
      return rows.map(toScheduledRecord);
    },
    async revisions() {
      const rows = database
        .query<{ user_id: Uint8Array; revision: number }, []>(
          `SELECT user_id, max(revision) AS revision FROM scheduled
           WHERE user_id IN (SELECT user_id FROM scheduled WHERE ${LEFT}) GROUP BY user_id`,
        )
        .all();
      return rows.map(({ user_id, revision }) => ({ user: idFromBytes<UserId>('user', user_id), revision }));
    },
    async revision(user) {
      const row = database
        .query<{ revision: number | null; left: number }, [Uint8Array]>(
          `SELECT max(revision) AS revision, sum(${LEFT}) AS left FROM scheduled WHERE user_id = ?`,
        )
        .get(idToBytes(user));
      return row === null || row.revision === null || row.left === 0 ? undefined : row.revision;
    },
    async next() {
      const row = database
        .query<{ at: number }, []>("SELECT at FROM scheduled WHERE state = 'waiting' ORDER BY at LIMIT 1")
        .get();
      return row?.at;
    },
    async firing() {
      const rows = database
        .query<ScheduledRow, []>("SELECT * FROM scheduled WHERE state = 'firing' ORDER BY at, id")
        .all();
      return rows.map(toScheduledRecord);
    },
  };
}
