import type { DeviceId, PersonalCode, UserId } from '@maru/protocol';
import type {
  AccountChange,
  Avatar,
  Confirmation,
  DeviceRecord,
  Directory,
  NewUser,
  UserRecord,
} from '../../ports/directory.ts';
import { newAccount } from '../../ports/new-account.ts';
import { MemoryInvites } from './memory-invites.ts';
import { MemoryPersonalLinks } from './memory-personal-links.ts';

type SignInRequest = Parameters<Directory['signIn']>[0];

type Placeholder = Parameters<Directory['createPlaceholders']>[0][number];

interface StoredDevice extends DeviceRecord {
  readonly tokenHash: string | undefined;
}

/** The accounts of the memory engine. Each method is one transaction: it changes all or nothing, at once. */
export class MemoryAccounts {
  readonly invites = new MemoryInvites();
  readonly links = new MemoryPersonalLinks();
  readonly #users = new Map<UserId, UserRecord>();
  readonly #byHandle = new Map<string, UserId>();
  readonly #recovery = new Map<UserId, Set<string>>();
  readonly #devices = new Map<DeviceId, StoredDevice>();
  /** Tokens that a suspension has ended, with whose they were. */
  readonly #suspendedTokens = new Map<string, UserId>();
  readonly #departures = new Set<UserId>();
  /** Images by their hash, as long as somebody has them. */
  readonly #avatars = new Map<string, Uint8Array>();

  createUser(user: NewUser): 'created' | 'handle-taken' | 'invite-invalid' {
    const { inviteHash, recoveryHashes, at, ...account } = user;
    if (inviteHash !== undefined && this.invites.usable(inviteHash, at) === undefined)
      return 'invite-invalid';
    // Of two who were both let in as the first, one is.
    if (inviteHash !== undefined && user.administrator && this.hasAdministrator()) return 'invite-invalid';
    if (this.#byHandle.has(user.handle)) return 'handle-taken';
    if (inviteHash !== undefined) this.invites.use(inviteHash);
    this.#add({ ...account, ...newAccount(at) });
    this.#recovery.set(user.user, new Set(recoveryHashes));
    if (user.administrator) this.invites.endAdministrators();
    return 'created';
  }

  createPlaceholders(users: readonly Placeholder[]): Map<string, UserId> {
    const ids = new Map<string, UserId>();
    for (const { user, handle, name, at } of users) {
      const known = this.#byHandle.get(handle);
      ids.set(handle, known ?? user);
      if (known !== undefined) continue;
      this.#add({ user, handle, name, passwordHash: undefined, administrator: false, ...newAccount(at) });
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
    return this.#users.values().some(isAbleAdministrator);
  }

  listUsers({ after, limit, only }: Parameters<Directory['listUsers']>[0]): UserRecord[] {
    const isAsked = ({ handle, administrator, suspendedAt }: UserRecord) =>
      (after === undefined || handle > after) &&
      (only !== 'administrators' || administrator) &&
      (only !== 'suspended' || suspendedAt !== undefined);
    const asked = [...this.#users.values()].filter(isAsked);
    return asked.sort((a, b) => (a.handle < b.handle ? -1 : 1)).slice(0, limit);
  }

  suspendUser(user: UserId, at: number): DeviceId[] | 'not-found' | 'last-administrator' {
    const record = this.#present(user);
    if (record === undefined) return 'not-found';
    if (record.suspendedAt !== undefined) return [];
    if (this.#isLastAdministrator(user)) return 'last-administrator';
    this.#users.set(user, { ...record, suspendedAt: at });
    for (const device of this.#devices.values()) {
      if (device.user === user && device.tokenHash !== undefined)
        this.#suspendedTokens.set(device.tokenHash, user);
    }
    return this.#signOutAll(user, undefined);
  }

  unsuspendUser(user: UserId): boolean {
    const record = this.#present(user);
    if (record === undefined) return false;
    this.#users.set(user, { ...record, suspendedAt: undefined });
    this.#forgetSuspendedTokens(user);
    return true;
  }

  endedBySuspension(tokenHash: string): boolean {
    return this.#suspendedTokens.has(tokenHash);
  }

  setAdministrator(user: UserId, administrator: boolean): Awaited<ReturnType<Directory['setAdministrator']>> {
    const record = this.#present(user);
    if (record === undefined) return 'not-found';
    if (administrator && record.passwordHash === undefined) return 'placeholder';
    if (!administrator && this.#isLastAdministrator(user)) return 'last-administrator';
    this.#update(user, { administrator });
    return 'done';
  }

  resetPassword(user: UserId, passwordHash: string, recoveryHash: string): DeviceId[] | 'not-found' {
    if (this.#present(user) === undefined) return 'not-found';
    this.#recovery.set(user, new Set([recoveryHash]));
    return this.#setPassword(user, passwordHash, undefined);
  }

  updateUser(user: UserId, change: AccountChange, at: number): UserRecord | undefined {
    const record = this.#present(user);
    if (record === undefined) return undefined;
    const isSeen = change.name !== undefined || change.status !== undefined;
    return this.#update(user, isSeen ? { ...change, profileAt: Math.max(at, record.profileAt + 1) } : change);
  }

  setAvatar(user: UserId, avatar: Avatar | undefined, at: number): UserRecord | undefined {
    const record = this.#present(user);
    if (record === undefined) return undefined;
    if (avatar !== undefined) this.#avatars.set(avatar.hash, avatar.image);
    const profileAt = Math.max(at, record.profileAt + 1);
    const changed = this.#update(user, { avatar: avatar?.hash, profileAt });
    this.#forgetAvatar(record.avatar);
    return changed;
  }

  avatarImage(hash: string, except: readonly UserId[] = []): Uint8Array | undefined {
    const isWorn = ({ avatar, user }: UserRecord) => avatar === hash && !except.includes(user);
    return this.#users.values().some(isWorn) ? this.#avatars.get(hash) : undefined;
  }

  givePersonalLink(user: UserId, code: PersonalCode, renew: boolean): PersonalCode | undefined {
    return this.#present(user) && this.links.give(user, code, renew);
  }

  setPassword(by: Confirmation, passwordHash: string): DeviceId[] | 'outdated' {
    return this.#isInForce(by) ? this.#setPassword(by.user, passwordHash, by.device) : 'outdated';
  }

  recover(user: UserId, recoveryHash: string, passwordHash: string): DeviceId[] | 'invalid' {
    if (this.#recovery.get(user)?.delete(recoveryHash) !== true) return 'invalid';
    return this.#setPassword(user, passwordHash, undefined);
  }

  setRecoveryCodes(by: Confirmation, recoveryHashes: readonly string[]): 'done' | 'outdated' {
    if (!this.#isInForce(by)) return 'outdated';
    this.#recovery.set(by.user, new Set(recoveryHashes));
    return 'done';
  }

  deleteUser(user: UserId, at: number, by?: Confirmation): Awaited<ReturnType<Directory['deleteUser']>> {
    if (by !== undefined && !this.#isInForce(by)) return 'outdated';
    if (this.#isLastAdministrator(user)) return 'last-administrator';
    const nothing = {
      name: '',
      status: '',
      avatar: undefined,
      passwordHash: undefined,
      administrator: false,
      suspendedAt: undefined,
    };
    const { avatar } = this.#users.get(user) ?? {};
    this.#forgetSuspendedTokens(user);
    if (this.#update(user, { ...nothing, deletedAt: at }) === undefined) return [];
    this.#forgetAvatar(avatar);
    this.#recovery.delete(user);
    this.links.revoke(user);
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

  signIn(request: SignInRequest, devicesMax: number): Awaited<ReturnType<Directory['signIn']>> {
    const { device, user, name, tokenHash, at } = request;
    const account = this.#users.get(user);
    if (account === undefined || account.deletedAt !== undefined) return 'foreign';
    if (account.suspendedAt !== undefined) return 'suspended';
    const known = this.#devices.get(device);
    if (known !== undefined && known.user !== user) return 'foreign';
    if (known?.signedIn !== true && this.#signedIn(user).length >= devicesMax) return 'devices-full';
    const createdAt = known?.createdAt ?? at;
    const { cursor } = known ?? { cursor: undefined };
    this.#devices.set(device, {
      device,
      user,
      name,
      createdAt,
      lastSeenAt: at,
      signedIn: true,
      cursor,
      tokenHash,
    });
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

  touchDevices(seen: Parameters<Directory['touchDevices']>[0]): void {
    for (const { device, at, cursor } of seen) {
      const known = this.#devices.get(device);
      if (known === undefined) continue;
      const lastSeenAt = Math.max(known.lastSeenAt, at);
      this.#devices.set(device, { ...known, lastSeenAt, cursor: cursor ?? known.cursor });
    }
  }

  #add(user: UserRecord): void {
    this.#users.set(user.user, user);
    this.#byHandle.set(user.handle, user.user);
  }

  #forgetAvatar(hash: string | undefined): void {
    const isUsed = this.#users.values().some(({ avatar }) => avatar === hash);
    if (hash !== undefined && !isUsed) this.#avatars.delete(hash);
  }

  #update(user: UserId, change: Partial<Omit<UserRecord, 'user'>>): UserRecord | undefined {
    const record = this.#present(user);
    if (record === undefined) return undefined;
    const changed = { ...record, ...change };
    this.#users.set(user, changed);
    return changed;
  }

  #present(user: UserId): UserRecord | undefined {
    const record = this.#users.get(user);
    return record?.deletedAt === undefined ? record : undefined;
  }

  #setPassword(user: UserId, passwordHash: string, keep: DeviceId | undefined): DeviceId[] {
    if (this.#update(user, { passwordHash }) === undefined) return [];
    return this.#signOutAll(user, keep);
  }

  /** Whether nothing has ended a confirmation since. */
  #isInForce({ user, device, passwordHash }: Confirmation): boolean {
    const record = this.#present(user);
    const asking = this.#devices.get(device);
    if (record?.passwordHash !== passwordHash || record.suspendedAt !== undefined) return false;
    return asking?.user === user && asking.signedIn;
  }

  /** Whether the user is the one administrator who can log in. */
  #isLastAdministrator(user: UserId): boolean {
    const able = [...this.#users.values()].filter(isAbleAdministrator);
    return able.length === 1 && able[0]?.user === user;
  }

  #forgetSuspendedTokens(user: UserId): void {
    for (const [hash, whose] of this.#suspendedTokens) if (whose === user) this.#suspendedTokens.delete(hash);
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

function isAbleAdministrator({ administrator, passwordHash, suspendedAt, deletedAt }: UserRecord): boolean {
  return administrator && passwordHash !== undefined && suspendedAt === undefined && deletedAt === undefined;
}

function withoutToken({ tokenHash: _hash, ...device }: StoredDevice): DeviceRecord {
  return device;
}
