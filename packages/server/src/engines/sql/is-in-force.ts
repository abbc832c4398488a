import { idToBytes } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Confirmation } from '../../ports/directory.ts';
import type { AccountsSchema } from './accounts-schema.ts';

/** Whether nothing has ended a confirmation since; asked in the transaction of the write that it is for. */
export async function isInForce(db: Kysely<AccountsSchema>, by: Confirmation): Promise<boolean> {
  const found = await db
    .selectFrom('devices')
    .innerJoin('users', 'users.id', 'devices.user_id')
    .select('users.id')
    .where('devices.id', '=', idToBytes(by.device))
    .where('devices.token_hash', 'is not', null)
    .where('users.id', '=', idToBytes(by.user))
    .where('users.password_hash', '=', by.passwordHash)
    .where('users.suspended_at', 'is', null)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}
