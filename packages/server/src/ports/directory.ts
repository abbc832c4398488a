import type { DeviceId, UserId } from '@maru/protocol';

export interface UserRecord {
  readonly user: UserId;
  readonly handle: string;
  readonly name: string;
  /** Absent for placeholders (imported people), who can't log in. */
  readonly passwordHash: string | undefined;
  readonly administrator: boolean;
  readonly hidePresence: boolean;
  readonly createdAt: number;
  readonly deletedAt: number | undefined;
}

export interface DeviceRecord {
  readonly device: DeviceId;
  readonly user: UserId;
  readonly name: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** False after log-out or revocation; the row stays, so that the id survives logging out and in. */
  readonly signedIn: boolean;
}

export interface NewUser {
  readonly user: UserId;
  readonly handle: string;
  readonly name: string;
  readonly passwordHash: string | undefined;
  readonly recoveryHashes: readonly string[];
  readonly administrator: boolean;
  /** Consumed in the same transaction; the sign-up fails if it is unknown, used or expired. */
  readonly inviteHash: string | undefined;
  readonly at: number;
}

/**
 * Accounts, devices, tokens, invites: relational, each method one transaction, durable when it resolves. Secrets come
 * as hashes only.
 */
export interface Directory {
  createUser(user: NewUser): Promise<'created' | 'handle-taken' | 'invite-invalid'>;
  /** Imported people: those whose handle exists are passed over. Returns the ids by handle, old and new. */
  createPlaceholders(
    users: readonly { user: UserId; handle: string; name: string; at: number }[],
  ): Promise<Map<string, UserId>>;
  user(user: UserId): Promise<UserRecord | undefined>;
  userByHandle(handle: string): Promise<UserRecord | undefined>;
  /** Those that exist, deleted ones included, in no order. */
  users(users: readonly UserId[]): Promise<UserRecord[]>;
  hasAdministrator(): Promise<boolean>;
  updateUser(
    user: UserId,
    change: { name?: string; hidePresence?: boolean },
  ): Promise<UserRecord | undefined>;
  /** Sets the hash and ends the tokens of all devices but one; returns the devices that were signed out. */
  setPassword(user: UserId, passwordHash: string, keep: DeviceId | undefined): Promise<DeviceId[]>;
  /** As `setPassword` for all devices, if the code is one of the user's and unused; it is used then. */
  recover(user: UserId, recoveryHash: string, passwordHash: string): Promise<DeviceId[] | 'invalid'>;
  /**
   * Marks the account deleted, frees nothing (a handle is never given to another person), ends all tokens, erases name
   * and secrets, and notes in the outbox that its rooms are to be left. Returns the devices signed out.
   */
  deleteUser(user: UserId, at: number): Promise<DeviceId[]>;
  /** Accounts whose rooms are still to be left, oldest first. */
  departures(): Promise<UserId[]>;
  departed(user: UserId): Promise<void>;

  /**
   * Signs a device in with a new token. A device of another user is not touched and gives `foreign`, and so does an
   * account that is gone.
   */
  signIn(
    device: { device: DeviceId; user: UserId; name: string; tokenHash: string; at: number },
    devicesMax: number,
  ): Promise<'signed-in' | 'devices-full' | 'foreign'>;
  deviceByToken(tokenHash: string): Promise<(DeviceRecord & { administrator: boolean }) | undefined>;
  devices(user: UserId): Promise<DeviceRecord[]>;
  renameDevice(user: UserId, device: DeviceId, name: string): Promise<boolean>;
  /** Ends the device's token. False if it isn't a signed-in device of the user. */
  signOut(user: UserId, device: DeviceId): Promise<boolean>;
  touchDevices(seen: readonly { device: DeviceId; at: number }[]): Promise<void>;

  createInvite(
    inviteHash: string,
    by: UserId | undefined,
    expiresAt: number,
    administrator: boolean,
  ): Promise<void>;
  /** Whether an unused, unexpired invite makes an administrator; `undefined` if there is no such invite. */
  invite(inviteHash: string, now: number): Promise<{ administrator: boolean } | undefined>;
}
