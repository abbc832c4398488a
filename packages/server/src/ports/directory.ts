import type { AccountSettings, Circle, Cursor, DeviceId, PersonalCode, UserId } from '@maru/protocol';

export interface UserRecord {
  readonly user: UserId;
  readonly handle: string;
  readonly name: string;
  /** What they say of themselves in a line; empty is nothing. */
  readonly status: string;
  /** The SHA-256 of their picture, as hex digits. */
  readonly avatar: string | undefined;
  /** Rises with every change of what others see: name, status and avatar. */
  readonly profileAt: number;
  /** Absent for placeholders (imported people), who can't log in. */
  readonly passwordHash: string | undefined;
  readonly administrator: boolean;
  readonly hidePresence: boolean;
  readonly findable: boolean;
  readonly whoMayWrite: Circle;
  readonly whoMayAdd: Circle;
  readonly createdAt: number;
  /** While set, no device can sign in. */
  readonly suspendedAt: number | undefined;
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
  /** The newest place in the inbox that it said it had. Soft: up to a minute old, and lost in a crash. */
  readonly cursor: Cursor | undefined;
}

/** An invite that somebody can still use. */
export interface InviteRecord {
  /** The first `INVITE_ID_CHARS` of its hash. */
  readonly id: string;
  readonly by: UserId | undefined;
  readonly expiresAt: number;
  readonly administrator: boolean;
}

/** Characters of an invite's hash by which it is named. */
export const INVITE_ID_CHARS = 16;

/** What a user may change of their account. */
export interface AccountChange extends Partial<AccountSettings> {
  readonly name?: string;
  readonly status?: string;
}

/** A picture under its name. */
export interface Avatar {
  /** The SHA-256 of the image, as hex digits. */
  readonly hash: string;
  readonly image: Uint8Array;
}

export interface NewUser {
  readonly user: UserId;
  readonly handle: string;
  readonly name: string;
  readonly passwordHash: string | undefined;
  readonly recoveryHashes: readonly string[];
  readonly administrator: boolean;
  /**
   * Consumed in the same transaction; the sign-up fails if it is unknown, used or expired, and, of an administrator, if
   * there is one who can log in (`[ADMIN8]`).
   */
  readonly inviteHash: string | undefined;
  readonly at: number;
}

/**
 * Who has just said their password on one of their devices. Checking and hashing take time: what a user does by it comes
 * too late (`outdated`) if the password is another by then, or the device's token has ended.
 */
export interface Confirmation {
  readonly user: UserId;
  readonly device: DeviceId;
  /** What the password was held against. */
  readonly passwordHash: string;
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
  /** Whether there is one who can log in. */
  hasAdministrator(): Promise<boolean>;
  /**
   * Up to `limit` users in the order of their handles (by code unit), those behind `after`; deleted ones included, unless
   * `only` some are asked for. Costs by `limit`, not by how many users there are.
   */
  listUsers(page: {
    after: string | undefined;
    limit: number;
    only: 'administrators' | 'suspended' | undefined;
  }): Promise<UserRecord[]>;
  /** `at`: the time; `profileAt` becomes it, or more where that would not be later than before. */
  updateUser(user: UserId, change: AccountChange, at: number): Promise<UserRecord | undefined>;
  /**
   * Sets the picture, or takes it away; `profileAt` as in `updateUser`. An image is kept as long as somebody has it. Gives
   * the account as it is then.
   */
  setAvatar(user: UserId, avatar: Avatar | undefined, at: number): Promise<UserRecord | undefined>;
  /** The image of an avatar that somebody has who is not one of these. */
  avatarImage(hash: string, except?: readonly UserId[]): Promise<Uint8Array | undefined>;
  /** The code of the user's personal link. */
  personalLink(user: UserId): Promise<PersonalCode | undefined>;
  /** Gives the user this code where they have none, or in place of theirs (`renew`). Resolves with what is theirs then. */
  givePersonalLink(user: UserId, code: PersonalCode, renew: boolean): Promise<PersonalCode | undefined>;
  revokePersonalLink(user: UserId): Promise<void>;
  /** Whose link it is; nobody's is that of an account that was deleted. */
  userByLink(code: PersonalCode): Promise<UserRecord | undefined>;
  /** Sets the hash and ends the tokens of all devices but the one that asks; returns the devices that were signed out. */
  setPassword(by: Confirmation, passwordHash: string): Promise<DeviceId[] | 'outdated'>;
  /**
   * Sets the hash and ends all tokens, if the code is one of the user's and unused; it is used then. Returns the devices
   * signed out.
   */
  recover(user: UserId, recoveryHash: string, passwordHash: string): Promise<DeviceId[] | 'invalid'>;
  /** In place of all that are left. */
  setRecoveryCodes(by: Confirmation, recoveryHashes: readonly string[]): Promise<'done' | 'outdated'>;
  /**
   * Marks the account deleted, frees nothing (a handle is never given to another person), ends all tokens, erases name
   * and secrets, and notes in the outbox that its rooms are to be left. `by`: the user, who asks for it themselves.
   * Returns the devices signed out; none if it is deleted already. The last administrator who can log in stays.
   */
  deleteUser(
    user: UserId,
    at: number,
    by?: Confirmation,
  ): Promise<DeviceId[] | 'outdated' | 'last-administrator'>;
  /**
   * Ends all tokens and lets nobody sign in until `unsuspendUser`; again changes nothing. Refused for the last
   * administrator who can log in (`[ADMIN4]`). Returns the devices signed out.
   */
  suspendUser(user: UserId, at: number): Promise<DeviceId[] | 'not-found' | 'last-administrator'>;
  /** Lets the user sign in again. False if there is no such account. */
  unsuspendUser(user: UserId): Promise<boolean>;
  /** Whether this token was ended by a suspension that is still in force. */
  endedBySuspension(tokenHash: string): Promise<boolean>;
  /** The last administrator who can log in stays one, and nobody becomes one who can't (`[ADMIN4]`): a `placeholder`. */
  setAdministrator(
    user: UserId,
    administrator: boolean,
  ): Promise<'done' | 'not-found' | 'placeholder' | 'last-administrator'>;
  /** Sets the hash, leaves one recovery code and no other, and ends all tokens; returns the devices signed out. */
  resetPassword(user: UserId, passwordHash: string, recoveryHash: string): Promise<DeviceId[] | 'not-found'>;
  /** Accounts whose rooms are still to be left, oldest first. */
  departures(): Promise<UserId[]>;
  departed(user: UserId): Promise<void>;

  /**
   * Signs a device in with a new token. A device of another user is not touched and gives `foreign`, and so does an
   * account that is gone. A suspended account gives `suspended`.
   */
  signIn(
    device: { device: DeviceId; user: UserId; name: string; tokenHash: string; at: number },
    devicesMax: number,
  ): Promise<'signed-in' | 'devices-full' | 'foreign' | 'suspended'>;
  deviceByToken(tokenHash: string): Promise<(DeviceRecord & { administrator: boolean }) | undefined>;
  devices(user: UserId): Promise<DeviceRecord[]>;
  renameDevice(user: UserId, device: DeviceId, name: string): Promise<boolean>;
  /** Ends the device's token. False if it isn't a signed-in device of the user. */
  signOut(user: UserId, device: DeviceId): Promise<boolean>;
  /** Signs of life; times are kept at their maximum, a cursor replaces the one before. */
  touchDevices(seen: readonly { device: DeviceId; at: number; cursor?: Cursor }[]): Promise<void>;

  /** One that makes an administrator takes the place of those made before that nobody has used (`[ADMIN8]`). */
  createInvite(
    inviteHash: string,
    by: UserId | undefined,
    expiresAt: number,
    administrator: boolean,
  ): Promise<void>;
  /** An invite that is unused and has not expired; `undefined` if there is no such one. */
  invite(inviteHash: string, now: number): Promise<InviteRecord | undefined>;
  /** Up to `limit` invites that can be used, those that expire first first (then by id), behind `after`. */
  openInvites(page: {
    now: number;
    after: { expiresAt: number; id: string } | undefined;
    limit: number;
  }): Promise<InviteRecord[]>;
  /** Takes an unused invite back, by its id. False if there is none. */
  revokeInvite(id: string): Promise<boolean>;
}
