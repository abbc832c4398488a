import type { UserId } from '@maru/protocol';
import type { Directory, UserRecord } from '../../ports/directory.ts';
import type { AccountsSchema } from '../sql/accounts-schema.ts';
import { toJsonAvatar } from './avatar-json.ts';
import { frequentReads } from './frequent-reads.ts';
import type { LogGroups } from './log-groups.ts';
import type { SqliteFile } from './sqlite-file.ts';

type Reader = ReturnType<typeof import('../sql/accounts-reader.ts').accountsReader>;

/**
 * `Directory` over SQLite: writes go with the log's groups, reads see what they have committed. The query builder is
 * loaded when it is first needed, for it costs memory and time at the start.
 */
export function sqliteDirectory(groups: LogGroups, database: SqliteFile): Directory {
  let loading: Promise<Reader> | undefined;
  const reader = () => {
    loading ??= loadReader(database);
    return loading;
  };
  const write =
    <M extends keyof Directory>(method: M) =>
    (...args: Parameters<Directory[M]>) =>
      groups.operate(method, args) as ReturnType<Directory[M]>;
  return {
    ...frequentReads(database),
    createUser: write('createUser'),
    createPlaceholders: async (users) =>
      new Map((await groups.operate('createPlaceholders', [users])) as [string, UserId][]),
    user: async (user) => (await reader()).user(user),
    userByHandle: async (handle) => (await reader()).userByHandle(handle),
    users: async (users) => (await reader()).users(users),
    listUsers: async (page) => (await reader()).listUsers(page),
    suspendUser: write('suspendUser'),
    unsuspendUser: write('unsuspendUser'),
    endedBySuspension: async (tokenHash) => (await reader()).endedBySuspension(tokenHash),
    setAdministrator: write('setAdministrator'),
    resetPassword: write('resetPassword'),
    updateUser: write('updateUser'),
    setAvatar: (user, avatar, at) =>
      groups.operate('setAvatar', [user, avatar && toJsonAvatar(avatar), at]) as Promise<
        UserRecord | undefined
      >,
    avatarImage: async (hash, except) => (await reader()).avatarImage(hash, except),
    personalLink: async (user) => (await reader()).personalLink(user),
    userByLink: async (code) => (await reader()).userByLink(code),
    givePersonalLink: write('givePersonalLink'),
    revokePersonalLink: write('revokePersonalLink'),
    setPassword: write('setPassword'),
    recover: write('recover'),
    setRecoveryCodes: write('setRecoveryCodes'),
    deleteUser: write('deleteUser'),
    departed: write('departed'),
    signIn: write('signIn'),
    devices: async (user) => (await reader()).devices(user),
    renameDevice: write('renameDevice'),
    signOut: write('signOut'),
    touchDevices: write('touchDevices'),
    createInvite: write('createInvite'),
    invite: async (hash, now) => (await reader()).invite(hash, now),
    openInvites: async (page) => (await reader()).openInvites(page),
    revokeInvite: write('revokeInvite'),
  };
}

async function loadReader(database: SqliteFile): Promise<Reader> {
  const [{ accountsReader }, { kyselyOver }] = await Promise.all([
    import('../sql/accounts-reader.ts'),
    import('./kysely-dialect.ts'),
  ]);
  return accountsReader(kyselyOver<AccountsSchema>(database));
}
