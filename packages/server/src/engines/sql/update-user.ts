import { idToBytes, type UserId } from '@maru/protocol';
import { type Kysely, sql } from 'kysely';
import type { AccountChange, UserRecord } from '../../ports/directory.ts';
import { accountsReader } from './accounts-reader.ts';
import { toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';

/** Changes what a user may change of their account; gives it as it is then, and nothing where it is gone. */
export async function updateUser(
  db: Kysely<AccountsSchema>,
  user: UserId,
  change: AccountChange,
  at: number,
): Promise<UserRecord | undefined> {
  const { name, status, hidePresence, findable, whoMayWrite, whoMayAdd } = change;
  const isSeen = name !== undefined || status !== undefined;
  const set = {
    ...(name !== undefined && { name }),
    ...(status !== undefined && { status }),
    ...(isSeen && { profile_at: sql<number>`max(${at}, profile_at + 1)` }),
    ...(hidePresence !== undefined && { hide_presence: hidePresence ? 1 : 0 }),
    ...(findable !== undefined && { findable: findable ? 1 : 0 }),
    ...(whoMayWrite !== undefined && { who_may_write: whoMayWrite }),
    ...(whoMayAdd !== undefined && { who_may_add: whoMayAdd }),
  };
  if (Object.keys(set).length === 0) {
    const same = await accountsReader(db).user(user);
    return same?.deletedAt === undefined ? same : undefined;
  }
  const row = await db
    .updateTable('users')
    .set(set)
    .where('id', '=', idToBytes(user))
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row && toUserRecord(row);
}
