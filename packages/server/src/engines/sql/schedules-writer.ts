import { idToBytes, type ScheduledId, type UserId } from '@maru/protocol';
import { type Kysely, sql } from 'kysely';
import type { ScheduledLimits, Schedules } from '../../ports/schedules.ts';
import type { AccountsSchema } from './accounts-schema.ts';
import { toScheduledRecord } from './schedules-rows.ts';

type Db = Kysely<AccountsSchema>;

/** The writes of `Schedules`, by names that `Directory` has not. */
export interface ScheduleWrites {
  readonly addScheduled: Schedules['add'];
  readonly changeScheduled: Schedules['change'];
  readonly removeScheduled: Schedules['remove'];
  readonly claimScheduled: Schedules['claim'];
  readonly settleScheduled: Schedules['settle'];
}

/** The writes of `Schedules` over SQL; the caller runs each in a transaction of its own. */
export function schedulesWriter(db: Db): ScheduleWrites {
  return {
    addScheduled: (item, limits) => add(db, item, limits),
    changeScheduled: (...args) => change(db, ...args),
    removeScheduled: (user, scheduled) => remove(db, user, scheduled),
    async claimScheduled(through, limit) {
      const due = db
        .selectFrom('scheduled')
        .select('id')
        .where(sql<boolean>`state = 'waiting'`)
        .where('at', '<=', through)
        .orderBy('at')
        .orderBy('id')
        .limit(limit);
      const rows = await db
        .updateTable('scheduled')
        .set({ state: 'firing' })
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows.map(toScheduledRecord).sort(byTime);
    },
    async settleScheduled(outcomes) {
      for (const { scheduled, error } of outcomes) {
        const done = error === undefined;
        await db
          .updateTable('scheduled')
          .set({ state: done ? 'sent' : 'failed', error: error ?? null, revision: nextRevision() })
          .$if(done, (update) => update.set({ message: null }))
          .where('id', '=', idToBytes(scheduled))
          .where('state', '=', 'firing')
          .execute();
      }
    },
  };
}

function nextRevision() {
  return sql<number>`(SELECT coalesce(max(revision), 0) + 1 FROM scheduled)`;
}

function byTime(a: { at: number; scheduled: string }, b: { at: number; scheduled: string }): number {
  return a.at - b.at || (a.scheduled < b.scheduled ? -1 : 1);
}

async function add(db: Db, item: Parameters<Schedules['add']>[0], limits: ScheduledLimits) {
  const id = idToBytes(item.scheduled);
  const known = await db.selectFrom('scheduled').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) return 'known';
  const user_id = idToBytes(item.user);
  if (await isFull(db, user_id, item.message, limits, undefined)) return 'full';
  await db
    .insertInto('scheduled')
    .values({
      ...{ id, user_id, room: idToBytes(item.room), at: item.at, message: item.message },
      ...{ state: 'waiting', error: null, attempt: 1, revision: nextRevision() },
    })
    .execute();
  return 'added';
}

async function isFull(
  db: Db,
  user: Uint8Array,
  message: string,
  limits: ScheduledLimits,
  /** Which is not counted. */
  except: Uint8Array | undefined,
): Promise<boolean> {
  let others = db
    .selectFrom('scheduled')
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`coalesce(sum(length(message)), 0)`.as('chars'))
    .where('user_id', '=', user)
    .where(sql<boolean>`message IS NOT NULL`);
  if (except !== undefined) others = others.where('id', '<>', except);
  const { count, chars } = await others.executeTakeFirstOrThrow();
  return count >= limits.count || chars + message.length > limits.chars;
}

/** The row of a user's own. */
async function own(db: Db, user: UserId, scheduled: ScheduledId) {
  return db
    .selectFrom('scheduled')
    .select(['state', 'attempt'])
    .where('id', '=', idToBytes(scheduled))
    .where('user_id', '=', idToBytes(user))
    .executeTakeFirst();
}

async function change(db: Db, ...[user, scheduled, to, limits]: Parameters<Schedules['change']>) {
  const row = await own(db, user, scheduled);
  if (row === undefined || row.state === 'cancelled') return 'unknown';
  if (row.state === 'sent' || row.state === 'firing') return 'sent';
  const id = idToBytes(scheduled);
  const { at, message } = to;
  if (message !== undefined && (await isFull(db, idToBytes(user), message, limits, id))) return 'full';
  await db
    .updateTable('scheduled')
    .set({
      ...(at !== undefined && { at }),
      ...(message !== undefined && { message }),
      // What was refused may be on record under the name of that attempt.
      attempt: row.state === 'failed' ? row.attempt + 1 : row.attempt,
      ...{ state: 'waiting', error: null, revision: nextRevision() },
    })
    .where('id', '=', id)
    .execute();
  return 'changed';
}

async function remove(db: Db, user: UserId, scheduled: ScheduledId) {
  const row = await own(db, user, scheduled);
  if (row === undefined) return 'unknown';
  if (row.state === 'cancelled') return 'removed';
  if (row.state === 'sent' || row.state === 'firing') return 'sent';
  await db
    .updateTable('scheduled')
    .set({ state: 'cancelled', message: null, error: null, revision: nextRevision() })
    .where('id', '=', idToBytes(scheduled))
    .execute();
  return 'removed';
}
