import type { Directory } from '../../ports/directory.ts';
import type { MemoryAccounts } from './memory-accounts.ts';
import type { MemorySchedules } from './memory-schedules.ts';
import type { MemoryWriter } from './memory-writer.ts';

/** `Directory` over the memory engine's accounts: reads see them as they are, writes wait for the writer. */
export function memoryDirectory(
  accounts: MemoryAccounts,
  schedules: MemorySchedules,
  writer: MemoryWriter,
): Directory {
  const write = <T>(change: () => T) => writer.write('directory', change);
  return {
    createUser: (user) => write(() => accounts.createUser(user)),
    createPlaceholders: (users) => write(() => accounts.createPlaceholders(users)),
    user: async (user) => accounts.user(user),
    userByHandle: async (handle) => accounts.userByHandle(handle),
    users: async (users) => users.flatMap((user) => accounts.user(user) ?? []),
    listUsers: async (page) => accounts.listUsers(page),
    suspendUser: (user, at) => write(() => accounts.suspendUser(user, at)),
    unsuspendUser: (user) => write(() => accounts.unsuspendUser(user)),
    endedBySuspension: async (tokenHash) => accounts.endedBySuspension(tokenHash),
    setAdministrator: (user, administrator) => write(() => accounts.setAdministrator(user, administrator)),
    resetPassword: (user, hash, recoveryHash) =>
      write(() => accounts.resetPassword(user, hash, recoveryHash)),
    hasAdministrator: async () => accounts.hasAdministrator(),
    updateUser: (user, change, at) => write(() => accounts.updateUser(user, change, at)),
    setAvatar: (user, avatar, at) => write(() => accounts.setAvatar(user, avatar, at)),
    avatarImage: async (hash, except) => accounts.avatarImage(hash, except),
    personalLink: async (user) => accounts.links.of(user),
    userByLink: async (code) => {
      const user = accounts.links.whose(code);
      return user === undefined ? undefined : accounts.user(user);
    },
    givePersonalLink: (user, code, renew) => write(() => accounts.givePersonalLink(user, code, renew)),
    revokePersonalLink: (user) => write(() => accounts.links.revoke(user)),
    setPassword: (by, hash) => write(() => accounts.setPassword(by, hash)),
    recover: (user, recoveryHash, hash) => write(() => accounts.recover(user, recoveryHash, hash)),
    setRecoveryCodes: (by, hashes) => write(() => accounts.setRecoveryCodes(by, hashes)),
    deleteUser: (user, at, by) =>
      write(() => {
        const signedOut = accounts.deleteUser(user, at, by);
        if (accounts.user(user)?.deletedAt !== undefined) schedules.forget(user);
        return signedOut;
      }),
    departures: async () => accounts.departures(),
    departed: (user) => write(() => accounts.departed(user)),
    signIn: (device, devicesMax) => write(() => accounts.signIn(device, devicesMax)),
    deviceByToken: async (tokenHash) => accounts.deviceByToken(tokenHash),
    devices: async (user) => accounts.devices(user),
    renameDevice: (user, device, name) => write(() => accounts.renameDevice(user, device, name)),
    signOut: (user, device) => write(() => accounts.signOut(user, device)),
    touchDevices: (seen) => write(() => accounts.touchDevices(seen)),
    createInvite: (hash, by, expiresAt, administrator) =>
      write(() => accounts.invites.create(hash, by, expiresAt, administrator)),
    invite: async (hash, now) => accounts.invites.usable(hash, now),
    openInvites: async (page) => accounts.invites.open(page),
    revokeInvite: (id) => write(() => accounts.invites.revoke(id)),
  };
}
