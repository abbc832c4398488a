import { type DeviceId, idFromBytes, idToBytes } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Directory } from '../../ports/directory.ts';
import { toDeviceRecord, toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';

type Reads = 'user' | 'userByHandle' | 'users' | 'devices' | 'invite';

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
