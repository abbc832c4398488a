import { type DeviceId, idFromBytes, idToBytes, type UserId } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Directory } from '../../ports/directory.ts';
import { toDeviceRecord, toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';

type Reads =
  | 'user'
  | 'userByHandle'
  | 'users'
  | 'hasAdministrator'
  | 'departures'
  | 'deviceByToken'
  | 'devices'
  | 'invite';

/** Users asked for in one statement. */
const USERS_PER_READ_MAX = 500;

/** The reads of `Directory` over SQL. */
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
    async hasAdministrator() {
      const row = await db
        .selectFrom('users')
        .select('id')
        .where('administrator', '=', 1)
        .where('deleted_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async departures() {
      const rows = await db
        .selectFrom('departures')
        .select('user_id')
        .orderBy('at')
        .orderBy('user_id')
        .execute();
      return rows.map(({ user_id }) => idFromBytes<UserId>('user', user_id));
    },
    async deviceByToken(tokenHash) {
      const row = await db
        .selectFrom('devices')
        .innerJoin('users', 'users.id', 'devices.user_id')
        .selectAll('devices')
        .select('users.administrator')
        .where('devices.token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row && { ...toDeviceRecord(row), administrator: row.administrator === 1 };
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
        .select('administrator')
        .where('hash', '=', hash)
        .where('used_by', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && { administrator: row.administrator === 1 };
    },
  };
}

/** Ids of devices as they are read. */
export function deviceIds(rows: readonly { id: Uint8Array }[]): DeviceId[] {
  return rows.map(({ id }) => idFromBytes<DeviceId>('device', id));
}
