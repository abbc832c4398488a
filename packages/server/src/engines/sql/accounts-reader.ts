import { idFromBytes, idToBytes, type UserId } from '@maru/protocol';
import { type Kysely, sql } from 'kysely';
import type { Directory } from '../../ports/directory.ts';
import { toDeviceRecord, toInviteRecord, toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';
import { personalLinksReader } from './personal-links.ts';

type Reads =
  | 'user'
  | 'userByHandle'
  | 'users'
  | 'avatarImage'
  | 'personalLink'
  | 'userByLink'
  | 'listUsers'
  | 'endedBySuspension'
  | 'devices'
  | 'invite'
  | 'openInvites';

/** Users asked for in one statement. */
const USERS_PER_READ_MAX = 500;

/** Reads of `Directory` over SQL; those that must be quick an engine makes in its own way. */
export function accountsReader(db: Kysely<AccountsSchema>): Pick<Directory, Reads> {
  return {
    async user(user) {
      const row = await db
        .selectFrom('users')
        .selectAll()
        .where('id', '=', idToBytes(user))
        .executeTakeFirst();
      return row && toUserRecord(row);
    },
    async userByHandle(handle) {
      const row = await db.selectFrom('users').selectAll().where('handle', '=', handle).executeTakeFirst();
      return row && toUserRecord(row);
    },
    async users(users) {
      const rows = [];
      for (let from = 0; from < users.length; from += USERS_PER_READ_MAX) {
        const ids = users.slice(from, from + USERS_PER_READ_MAX).map(idToBytes);
        rows.push(...(await db.selectFrom('users').selectAll().where('id', 'in', ids).execute()));
      }
      return rows.map(toUserRecord);
    },
    async avatarImage(hash, except = []) {
      if (!(await isWorn(db, hash, except))) return undefined;
      const row = await db.selectFrom('avatars').select('image').where('hash', '=', hash).executeTakeFirst();
      return row?.image;
    },
    ...personalLinksReader(db),
    async listUsers({ after, limit, only }) {
      let page = db.selectFrom('users').selectAll().orderBy('handle').limit(limit);
      if (after !== undefined) page = page.where('handle', '>', after);
      if (only === 'suspended') page = page.where('suspended_at', 'is not', null);
      // Written as the partial index is, without a parameter: else it isn't used.
      if (only === 'administrators') page = page.where(sql<boolean>`administrator = 1`);
      return (await page.execute()).map(toUserRecord);
    },
    async endedBySuspension(tokenHash) {
      const ended = db.selectFrom('suspended_tokens').select('hash').where('hash', '=', tokenHash);
      return (await ended.executeTakeFirst()) !== undefined;
    },
    async devices(user) {
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('user_id', '=', idToBytes(user))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toDeviceRecord);
    },
    async invite(hash, now) {
      const row = await db
        .selectFrom('invites')
        .selectAll()
        .where('hash', '=', hash)
        .where('used_by', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && toInviteRecord(row);
    },
    async openInvites({ now, after, limit }) {
      const open = db.selectFrom('invites').selectAll().where('used_by', 'is', null);
      const rest = after === undefined ? open : open.where(behind(after));
      const rows = await rest
        .where('expires_at', '>', now)
        .orderBy('expires_at')
        .orderBy('hash')
        .limit(limit)
        .execute();
      return rows.map(toInviteRecord);
    },
  };
}

/** Whether somebody has an avatar who is not one of these. Costs by how many these are. */
async function isWorn(db: Kysely<AccountsSchema>, hash: string, except: readonly UserId[]): Promise<boolean> {
  if (except.length === 0) return true;
  const wearers = db.selectFrom('users').select('id').where('avatar', '=', hash);
  const few = await wearers.limit(except.length + 1).execute();
  return few.some(({ id }) => !except.includes(idFromBytes<UserId>('user', id)));
}

/** Invites that follow one in the list; no hash lies between an id and the id with something higher than a digit behind it. */
function behind({ expiresAt, id }: { expiresAt: number; id: string }) {
  return sql<boolean>`(expires_at, hash) > (${expiresAt}, ${`${id}~`})`;
}
