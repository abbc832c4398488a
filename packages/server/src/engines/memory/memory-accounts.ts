import type { DeviceId, UserId } from '@maru/protocol';
import type { DeviceRecord, Directory, NewUser, UserRecord } from '../../ports/directory.ts';

type SignInRequest = Parameters<Directory['signIn']>[0];
type Placeholder = Parameters<Directory['createPlaceholders']>[0][number];

interface Invite {
  readonly expiresAt: number;
  readonly administrator: boolean;
  used: boolean;
}

interface StoredDevice extends DeviceRecord {
  readonly tokenHash: string | undefined;
}

/** The accounts of the memory engine. Each method is one transaction: it changes all or nothing, at once. */
export class MemoryAccounts {
  readonly #users = new Map<UserId, UserRecord>();
  readonly #byHandle = new Map<string, UserId>();
  readonly #recovery = new Map<UserId, Set<string>>();
  readonly #devices = new Map<DeviceId, StoredDevice>();
  readonly #invites = new Map<string, Invite>();
  readonly #departures = new Set<UserId>();

  createUser(user: NewUser): 'created' | 'handle-taken' | 'invite-invalid' {
    const { inviteHash, recoveryHashes, at, ...account } = user;
    const invite = inviteHash === undefined ? undefined : this.#openInvite(inviteHash, at);
    if (inviteHash !== undefined && invite === undefined) return 'invite-invalid';
    if (this.#byHandle.has(user.handle)) return 'handle-taken';
    if (invite !== undefined) invite.used = true;
    this.#add({ ...account, hidePresence: false, createdAt: at, deletedAt: undefined });
    this.#recovery.set(user.user, new Set(recoveryHashes));
    return 'created';
  }

  createPlaceholders(users: readonly Placeholder[]): Map<string, UserId> {
    const ids = new Map<string, UserId>();
    for (const { user, handle, name, at } of users) {
      const known = this.#byHandle.get(handle);
      ids.set(handle, known ?? user);
      if (known !== undefined) continue;
      const secrets = { passwordHash: undefined, administrator: false, hidePresence: false };
      this.#add({ user, handle, name, ...secrets, createdAt: at, deletedAt: undefined });
    }
    return ids;
  }

  user(user: UserId): UserRecord | undefined {
    return this.#users.get(user);
  }

  userByHandle(handle: string): UserRecord | undefined {
    const user = this.#byHandle.get(handle);
    return user === undefined ? undefined : this.#users.get(user);
  }

  hasAdministrator(): boolean {
    return this.#users.values().some((user) => user.administrator && user.deletedAt === undefined);
  }

  updateUser(user: UserId, change: Partial<Omit<UserRecord, 'user'>>): UserRecord | undefined {
    const record = this.#users.get(user);
    if (record === undefined || record.deletedAt !== undefined) return undefined;
    const changed = { ...record, ...change };
    this.#users.set(user, changed);
    return changed;
  }

  setPassword(user: UserId, passwordHash: string, keep: DeviceId | undefined): DeviceId[] {
    if (this.updateUser(user, { passwordHash }) === undefined) return [];
    return this.#signOutAll(user, keep);
  }

  recover(user: UserId, recoveryHash: string, passwordHash: string): DeviceId[] | 'invalid' {
    if (this.#recovery.get(user)?.delete(recoveryHash) !== true) return 'invalid';
    return this.setPassword(user, passwordHash, undefined);
  }

  deleteUser(user: UserId, at: number): DeviceId[] {
    const nothing = { name: '', passwordHash: undefined, administrator: false };
    if (this.updateUser(user, { ...nothing, deletedAt: at }) === undefined) return [];
    this.#recovery.delete(user);
    this.#departures.add(user);
    const signedOut = this.#signOutAll(user, undefined);
    for (const { device } of this.devices(user)) this.#devices.delete(device);
    return signedOut;
  }

  departures(): UserId[] {
    return [...this.#departures];
  }

  departed(user: UserId): void {
    this.#departures.delete(user);
  }

  signIn(request: SignInRequest, devicesMax: number): 'signed-in' | 'devices-full' | 'foreign' {
    const { device, user, name, tokenHash, at } = request;
    const account = this.#users.get(user);
    if (account === undefined || account.deletedAt !== undefined) return 'foreign';
    const known = this.#devices.get(device);
    if (known !== undefined && known.user !== user) return 'foreign';
    if (known?.signedIn !== true && this.#signedIn(user).length >= devicesMax) return 'devices-full';
    const createdAt = known?.createdAt ?? at;
    this.#devices.set(device, { device, user, name, createdAt, lastSeenAt: at, signedIn: true, tokenHash });
    return 'signed-in';
  }

  deviceByToken(tokenHash: string): (DeviceRecord & { administrator: boolean }) | undefined {
    const device = this.#devices.values().find((one) => one.tokenHash === tokenHash);
    if (device === undefined) return undefined;
    return { ...withoutToken(device), administrator: this.#users.get(device.user)?.administrator === true };
  }

  devices(user: UserId): DeviceRecord[] {
    return this.#devices
      .values()
      .filter((device) => device.user === user)
      .map(withoutToken)
      .toArray();
  }

  renameDevice(user: UserId, device: DeviceId, name: string): boolean {
    return this.#change(user, device, { name });
  }

  signOut(user: UserId, device: DeviceId): boolean {
    return this.#change(user, device, { signedIn: false, tokenHash: undefined });
  }

  touchDevices(seen: readonly { device: DeviceId; at: number }[]): void {
    for (const { device, at } of seen) {
      const known = this.#devices.get(device);
      if (known !== undefined)
        this.#devices.set(device, { ...known, lastSeenAt: Math.max(known.lastSeenAt, at) });
    }
  }

  createInvite(inviteHash: string, expiresAt: number, administrator: boolean): void {
    this.#invites.set(inviteHash, { expiresAt, administrator, used: false });
  }

  invite(inviteHash: string, now: number): { administrator: boolean } | undefined {
    const invite = this.#openInvite(inviteHash, now);
    return invite === undefined ? undefined : { administrator: invite.administrator };
  }

  #add(user: UserRecord): void {
    this.#users.set(user.user, user);
    this.#byHandle.set(user.handle, user.user);
  }

  #openInvite(hash: string, now: number): Invite | undefined {
    const invite = this.#invites.get(hash);
    return invite === undefined || invite.used || invite.expiresAt <= now ? undefined : invite;
  }

  #signedIn(user: UserId): DeviceRecord[] {
    return this.devices(user).filter((device) => device.signedIn);
  }

  #signOutAll(user: UserId, keep: DeviceId | undefined): DeviceId[] {
    const ended = this.#signedIn(user).flatMap(({ device }) => (device === keep ? [] : device));
    for (const device of ended) this.signOut(user, device);
    return ended;
  }

  /** Changes a signed-in device of the user; false if there is none. */
  #change(user: UserId, device: DeviceId, change: Partial<StoredDevice>): boolean {
    const known = this.#devices.get(device);
    if (known === undefined || known.user !== user || !known.signedIn) return false;
    this.#devices.set(device, { ...known, ...change });
    return true;
  }
}

function withoutToken({ tokenHash: _hash, ...device }: StoredDevice): DeviceRecord {
  return device;
}
