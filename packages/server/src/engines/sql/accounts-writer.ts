import { idToBytes, type UserId } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Confirmation, Directory, NewUser } from '../../ports/directory.ts';
import { ableAdministrators, isLastAdministrator } from './able-administrators.ts';
import { accountsReader } from './accounts-reader.ts';
import type { AccountsSchema, NewUserRow } from './accounts-schema.ts';
import { administration } from './administration.ts';
import { isInForce } from './is-in-force.ts';
import { personalLinksWriter } from './personal-links.ts';
import { RolledBack } from './rolled-back.ts';
import { setAvatar, takeAvatar } from './set-avatar.ts';
import { signOutAll } from './sign-out-all.ts';
import { updateUser } from './update-user.ts';

type Db = Kysely<AccountsSchema>;

/** Of a new account. */
const FIRST_SETTINGS = {
  hide_presence: 0,
  findable: 1,
  who_may_write: 'everyone',
  who_may_add: 'everyone',
};

/** The writes of `Directory`. */
export type AccountWrites = Pick<
  Directory,
  | 'createUser'
  | 'createPlaceholders'
  | 'updateUser'
  | 'setAvatar'
  | 'givePersonalLink'
  | 'revokePersonalLink'
  | 'setPassword'
  | 'recover'
  | 'deleteUser'
  | 'suspendUser'
  | 'unsuspendUser'
  | 'setAdministrator'
  | 'resetPassword'
  | 'setRecoveryCodes'
  | 'departed'
  | 'signIn'
  | 'renameDevice'
  | 'signOut'
  | 'touchDevices'
  | 'createInvite'
  | 'revokeInvite'
>;

/**
 * The writes of `Directory` over SQL. The caller runs each in a transaction of its own (or under a savepoint) and rolls
 * it back when it throws, {@link RolledBack} included.
 */
export function accountsWriter(db: Db): AccountWrites {
  return {
    createUser: (user) => createUser(db, user),
    createPlaceholders: (users) => createPlaceholders(db, users),
    updateUser: (user, change, at) => updateUser(db, user, change, at),
    setAvatar: (user, avatar, at) => setAvatar(db, user, avatar, at),
    setPassword: (by, hash) => changePassword(db, by, hash),
    recover: (user, recoveryHash, hash) => recover(db, user, recoveryHash, hash),
    deleteUser: (user, at, by) => deleteUser(db, user, at, by),
    ...administration(db),
    ...personalLinksWriter(db),
    async departed(user) {
      await db.deleteFrom('departures').where('user_id', '=', idToBytes(user)).execute();
    },
    signIn: (device, devicesMax) => signIn(db, device, devicesMax),
    renameDevice: (user, device, name) => changeDevice(db, idToBytes(user), idToBytes(device), { name }),
    signOut: (user, device) => changeDevice(db, idToBytes(user), idToBytes(device), { token_hash: null }),
    async touchDevices(seen) {
      for (const { device, at, cursor } of seen) {
        const row = db.updateTable('devices').where('id', '=', idToBytes(device));
        await row.set({ last_seen_at: at }).where('last_seen_at', '<', at).execute();
        if (cursor !== undefined) await row.set({ cursor }).execute();
      }
    },
    async createInvite(hash, by, expiresAt, administrator) {
      if (administrator) await endAdministratorInvites(db);
      const created_by = by === undefined ? null : idToBytes(by);
      const row = {
        hash,
        created_by,
        expires_at: expiresAt,
        administrator: administrator ? 1 : 0,
        used_by: null,
      };
      await db.insertInto('invites').values(row).execute();
    },
  };
}

type Created = Awaited<ReturnType<Directory['createUser']>>;

async function createUser(db: Db, user: NewUser): Promise<Created> {
  const id = idToBytes(user.user);
  if (user.inviteHash !== undefined) {
    // Of two who were both let in as the first, one is.
    if (user.administrator && (await ableAdministrators(db)).length > 0) return 'invite-invalid';
    const { numUpdatedRows } = await db
      .updateTable('invites')
      .set({ used_by: id })
      .where('hash', '=', user.inviteHash)
      .where('used_by', 'is', null)
      .where('expires_at', '>', user.at)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 'invite-invalid';
  }
  const added = await addUser(db, {
    id,
    handle: user.handle,
    name: user.name,
    status: '',
    avatar: null,
    profile_at: user.at,
    password_hash: user.passwordHash ?? null,
    administrator: user.administrator ? 1 : 0,
    ...FIRST_SETTINGS,
    created_at: user.at,
    suspended_at: null,
    deleted_at: null,
  });
  if (!added) throw new RolledBack('handle-taken' satisfies Created);
  if (user.administrator) await endAdministratorInvites(db);
  const codes = user.recoveryHashes.map((hash) => ({ user_id: id, hash }));
  if (codes.length > 0) await db.insertInto('recovery_codes').values(codes).execute();
  return 'created';
}

/** Nobody becomes the first administrator by them any more. */
async function endAdministratorInvites(db: Db): Promise<void> {
  await db.deleteFrom('invites').where('used_by', 'is', null).where('administrator', '=', 1).execute();
}

/** False if the handle is taken. */
async function addUser(db: Db, row: NewUserRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('users')
    .values(row)
    .onConflict((conflict) => conflict.column('handle').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function createPlaceholders(db: Db, users: Parameters<Directory['createPlaceholders']>[0]) {
  const ids = new Map<string, UserId>();
  const reader = accountsReader(db);
  for (const { user, handle, name, at } of users) {
    const row = {
      id: idToBytes(user),
      handle,
      name,
      status: '',
      avatar: null,
      profile_at: at,
      password_hash: null,
      administrator: 0,
      ...FIRST_SETTINGS,
    };
    const added = await addUser(db, { ...row, created_at: at, suspended_at: null, deleted_at: null });
    const known = added ? user : (await reader.userByHandle(handle))?.user;
    if (known !== undefined) ids.set(handle, known);
  }
  return ids;
}

async function changePassword(db: Db, by: Confirmation, passwordHash: string) {
  if (!(await isInForce(db, by))) return 'outdated';
  return setPassword(db, by.user, passwordHash, idToBytes(by.device));
}

async function setPassword(db: Db, user: UserId, passwordHash: string, keep: Uint8Array | undefined) {
  const id = idToBytes(user);
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 0n ? [] : signOutAll(db, id, keep);
}

async function recover(db: Db, user: UserId, recoveryHash: string, passwordHash: string) {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('user_id', '=', idToBytes(user))
    .where('hash', '=', recoveryHash)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return 'invalid';
  return setPassword(db, user, passwordHash, undefined);
}

async function deleteUser(db: Db, user: UserId, at: number, by: Confirmation | undefined) {
  if (by !== undefined && !(await isInForce(db, by))) return 'outdated';
  const id = idToBytes(user);
  if (await isLastAdministrator(db, id)) return 'last-administrator';
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ name: '', status: '', password_hash: null, administrator: 0, suspended_at: null, deleted_at: at })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return [];
  await takeAvatar(db, id);
  const signedOut = await signOutAll(db, id, undefined);
  await db.deleteFrom('recovery_codes').where('user_id', '=', id).execute();
  await db.deleteFrom('devices').where('user_id', '=', id).execute();
  await db.deleteFrom('suspended_tokens').where('user_id', '=', id).execute();
  await db.deleteFrom('scheduled').where('user_id', '=', id).execute();
  await db.deleteFrom('personal_links').where('user_id', '=', id).execute();
  await db.insertInto('departures').values({ user_id: id, at }).execute();
  return signedOut;
}

async function signIn(db: Db, request: Parameters<Directory['signIn']>[0], devicesMax: number) {
  const id = idToBytes(request.device);
  const user = idToBytes(request.user);
  // The account may have been deleted or suspended since its password was checked.
  const account = await db
    .selectFrom('users')
    .select('suspended_at')
    .where('id', '=', user)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (account === undefined) return 'foreign';
  if (account.suspended_at !== null) return 'suspended';
  const known = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst();
  if (known !== undefined && Buffer.compare(known.user_id, user) !== 0) return 'foreign';
  if (known === undefined || known.token_hash === null) {
    const { count } = await db
      .selectFrom('devices')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('user_id', '=', user)
      .where('token_hash', 'is not', null)
      .executeTakeFirstOrThrow();
    if (count >= devicesMax) return 'devices-full';
  }
  const change = { name: request.name, token_hash: request.tokenHash, last_seen_at: request.at };
  await db
    .insertInto('devices')
    .values({ id, user_id: user, created_at: request.at, cursor: null, ...change })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute();
  return 'signed-in';
}

/** Changes a signed-in device of the user; false if there is none. */
async function changeDevice(
  db: Db,
  user: Uint8Array,
  device: Uint8Array,
  change: { name: string } | { token_hash: null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('devices')
    .set(change)
    .where('id', '=', device)
    .where('user_id', '=', user)
    .where('token_hash', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
