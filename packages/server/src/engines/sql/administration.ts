import { idToBytes, type UserId } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Directory } from '../../ports/directory.ts';
import { isLastAdministrator } from './able-administrators.ts';
import type { AccountsSchema } from './accounts-schema.ts';
import { isInForce } from './is-in-force.ts';
import { signOutAll } from './sign-out-all.ts';

type Db = Kysely<AccountsSchema>;

type Administration = Pick<
  Directory,
  'suspendUser' | 'unsuspendUser' | 'setAdministrator' | 'resetPassword' | 'setRecoveryCodes' | 'revokeInvite'
>;

/** Those writes of `Directory` that look after accounts and invites; see `accountsWriter`. */
export function administration(db: Db): Administration {
  return {
    suspendUser: (user, at) => suspendUser(db, user, at),
    unsuspendUser: (user) => unsuspendUser(db, user),
    setAdministrator: (user, administrator) => setAdministrator(db, user, administrator),
    resetPassword: (user, hash, recoveryHash) => resetPassword(db, user, hash, recoveryHash),
    async setRecoveryCodes(by, hashes) {
      if (!(await isInForce(db, by))) return 'outdated';
      await replaceRecoveryCodes(db, idToBytes(by.user), hashes);
      return 'done';
    },
    async revokeInvite(id) {
      const { numDeletedRows } = await db
        .deleteFrom('invites')
        .where('hash', '>=', id)
        .where('hash', '<', `${id}~`)
        .where('used_by', 'is', null)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

async function suspendUser(db: Db, user: UserId, at: number) {
  const id = idToBytes(user);
  const account = await present(db, id);
  if (account === undefined) return 'not-found';
  if (account.suspended_at !== null) return [];
  if (await isLastAdministrator(db, id)) return 'last-administrator';
  await db.updateTable('users').set({ suspended_at: at }).where('id', '=', id).execute();
  await db
    .insertInto('suspended_tokens')
    .columns(['user_id', 'hash'])
    .expression((eb) =>
      eb
        .selectFrom('devices')
        .select(['user_id', 'token_hash as hash'])
        .$narrowType<{ hash: string }>()
        .where('user_id', '=', id)
        .where('token_hash', 'is not', null),
    )
    .execute();
  return signOutAll(db, id, undefined);
}

async function unsuspendUser(db: Db, user: UserId): Promise<boolean> {
  const id = idToBytes(user);
  if ((await present(db, id)) === undefined) return false;
  await db.updateTable('users').set({ suspended_at: null }).where('id', '=', id).execute();
  await db.deleteFrom('suspended_tokens').where('user_id', '=', id).execute();
  return true;
}

async function setAdministrator(db: Db, user: UserId, administrator: boolean) {
  const id = idToBytes(user);
  const account = await present(db, id);
  if (account === undefined) return 'not-found';
  if (administrator && account.password_hash === null) return 'placeholder';
  if (!administrator && (await isLastAdministrator(db, id))) return 'last-administrator';
  const change = { administrator: administrator ? 1 : 0 };
  await db.updateTable('users').set(change).where('id', '=', id).execute();
  return 'done';
}

async function resetPassword(db: Db, user: UserId, passwordHash: string, recoveryHash: string) {
  const id = idToBytes(user);
  if ((await present(db, id)) === undefined) return 'not-found';
  await db.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', id).execute();
  await replaceRecoveryCodes(db, id, [recoveryHash]);
  return signOutAll(db, id, undefined);
}

async function replaceRecoveryCodes(db: Db, id: Uint8Array, hashes: readonly string[]): Promise<void> {
  await db.deleteFrom('recovery_codes').where('user_id', '=', id).execute();
  const codes = hashes.map((hash) => ({ user_id: id, hash }));
  if (codes.length > 0) await db.insertInto('recovery_codes').values(codes).execute();
}

function present(db: Db, id: Uint8Array) {
  return db
    .selectFrom('users')
    .select(['suspended_at', 'password_hash'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}
