import { type Kysely, sql } from 'kysely';
import type { AccountsSchema } from './accounts-schema.ts';

/** Up to two administrators who can log in: that tells whether there is one, and whether one is the last. */
export async function ableAdministrators(db: Kysely<AccountsSchema>): Promise<Uint8Array[]> {
  const able = await db
    .selectFrom('users')
    .select('id')
    // As the partial index is written: a parameter would read all users.
    .where(sql<boolean>`administrator = 1`)
    .where('password_hash', 'is not', null)
    .where('suspended_at', 'is', null)
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  return able.map(({ id }) => id);
}

/** Whether the user is the one administrator who can log in. */
export async function isLastAdministrator(db: Kysely<AccountsSchema>, id: Uint8Array): Promise<boolean> {
  const able = await ableAdministrators(db);
  return able.length === 1 && able.every((one) => Buffer.compare(one, id) === 0);
}
