import { idToBytes, type UserId } from '@maru/protocol';
import { type Kysely, sql } from 'kysely';
import type { Avatar, UserRecord } from '../../ports/directory.ts';
import { toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';

type Db = Kysely<AccountsSchema>;

/** Sets a user's picture, or takes it away; `undefined` where the account is gone. */
export async function setAvatar(
  db: Db,
  user: UserId,
  avatar: Avatar | undefined,
  at: number,
): Promise<UserRecord | undefined> {
  const id = idToBytes(user);
  await takeAvatar(db, id, avatar?.hash);
  const row = await db
    .updateTable('users')
    .set({ avatar: avatar?.hash ?? null, profile_at: sql<number>`max(${at}, profile_at + 1)` })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (avatar !== undefined) {
    await db
      .insertInto('avatars')
      .values(avatar)
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
  }
  return toUserRecord(row);
}

/** Takes the picture of a user away, and forgets it where nobody else has it. @param next which is not forgotten */
export async function takeAvatar(db: Db, id: Uint8Array, next?: string): Promise<void> {
  const account = await db.selectFrom('users').select('avatar').where('id', '=', id).executeTakeFirst();
  const former = account?.avatar ?? undefined;
  if (former === undefined || former === next) return;
  await db.updateTable('users').set({ avatar: null }).where('id', '=', id).execute();
  const other = await db.selectFrom('users').select('id').where('avatar', '=', former).executeTakeFirst();
  if (other === undefined) await db.deleteFrom('avatars').where('hash', '=', former).execute();
}
