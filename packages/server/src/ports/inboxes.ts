import type {
  BeatAnswer,
  Cursor,
  DeviceId,
  ErrorBody,
  RelationView,
  RoomEntry,
  RoomId,
  Seq,
  SessionId,
  SettingName,
  UserId,
} from '@maru/protocol';
import type { DeviceRecord, UserRecord } from './directory.ts';
import type { Position } from './position.ts';
import type { StoredSetting } from './setting-store.ts';

/** One live connection, as user workers know it. */
export interface SessionInfo {
  readonly session: SessionId;
  readonly user: UserId;
  readonly device: DeviceId;
}

export interface SyncAnswer {
  readonly cursor: Cursor;
  readonly snapshot: boolean;
  readonly rooms: readonly EncodedEntry[];
  /** The user's own settings that changed; those of the whole exchange are in its first answer. */
  readonly settings: readonly StoredSetting[];
  readonly more: boolean;
}

/** A `RoomEntry` whose events are already encoded. */
export interface EncodedEntry {
  readonly entry: Omit<RoomEntry, 'events'>;
  /** JSON text of each event. */
  readonly events: readonly string[];
}

export interface RoomPresence {
  readonly room: RoomId;
  readonly present: number;
  readonly users: readonly { user: UserId; state: 'active' | 'away' | 'offline'; lastActive?: number }[];
  readonly live: boolean;
}

/** What another person is to a user, as the user is told. */
export interface RelationOf {
  readonly room: RoomId;
  readonly user: UserId;
  readonly relation: RelationView;
  /** When it became so. */
  readonly since: number;
}

/** What a device does not have of its user's inbox yet. */
export interface DeviceLag {
  /** How far it is; `undefined` if it never said, or said so in another history epoch. */
  readonly at: Position | undefined;
  /** Rooms that changed since. */
  readonly rooms: number;
  /** Events in them that it may see; where `atLeast`, those of some rooms only. */
  readonly events: number;
  readonly atLeast: boolean;
}

export interface InboxLag {
  readonly head: Position;
  /** Of which the user is a member. */
  readonly rooms: number;
  readonly devices: ReadonlyMap<DeviceId, DeviceLag>;
}

/**
 * What gateways and the API ask of the users' owners: inbox, marks, receipts, typing, presence. All but `mark`, `set`,
 * `settings`, `sync` and `lag` is soft (`[SOFT1]`): it may be shed, and never waits for a message.
 */
export interface Inboxes {
  /**
   * A session said hello; it has been registered for delivery before this is called. Resolves, once the user's rooms are
   * in memory and `Delivery.joined` was called for those whose events come by publication, with the inbox's head.
   */
  opened(session: SessionInfo): Promise<{ cursor: Cursor }>;
  /**
   * `loggedOut`: offline at once; otherwise the grace time runs, from `silentMs` ago, when the device was last heard.
   */
  closed(session: SessionInfo, loggedOut: boolean, silentMs: number): void;
  /** These devices are gone at once, also those that poll, or whose session has ended a moment ago. */
  signedOut(user: UserId, devices: readonly DeviceId[]): void;
  beat(session: SessionInfo, state: 'active' | 'away', cursor: Cursor | undefined): Omit<BeatAnswer, 'kind'>;
  /** A beat without a session (polling). */
  beatOf(
    user: UserId,
    device: DeviceId,
    state: 'active' | 'away',
    cursor: Cursor | undefined,
  ): Promise<Omit<BeatAnswer, 'kind'>>;
  sync(user: UserId, cursor: Cursor | undefined, eventsPerRoom: number): Promise<SyncAnswer>;
  entry(user: UserId, room: RoomId): Promise<EncodedEntry | undefined>;
  /** Durable when it resolves. Gives `not-found` for a room the user isn't in. */
  mark(
    user: UserId,
    device: DeviceId,
    room: RoomId,
    change: { read?: Seq; unread?: boolean },
  ): Promise<ErrorBody | undefined>;
  /**
   * Sets one of the user's own settings (JSON text of a value that its name allows; `null` removes it). Durable when it
   * resolves. `device`: who need not be told. Gives `not-found` for a room that the user isn't in.
   */
  set(
    user: UserId,
    device: DeviceId | undefined,
    name: SettingName,
    value: string | null,
  ): Promise<ErrorBody | undefined>;
  /** All of the user's own settings. */
  settings(user: UserId): Promise<readonly StoredSetting[]>;
  delivered(user: UserId, marks: readonly (readonly [RoomId, Seq])[]): void;
  typing(user: UserId, room: RoomId): void;
  look(session: SessionInfo, rooms: readonly RoomId[]): Promise<RoomPresence[]>;
  presence(user: UserId, room: RoomId): Promise<RoomPresence | undefined>;
  /** The other of a direct room, also one that looks gone; `undefined`: to this user there is no such room. */
  peer(user: UserId, room: RoomId): Promise<UserId | undefined>;
  /** The people across a block from the user, in either direction; `undefined`: nobody. */
  severedFrom(user: UserId): Promise<ReadonlySet<UserId> | undefined>;
  /** Those who block the user. */
  blockersOf(user: UserId): Promise<ReadonlySet<UserId>>;
  /**
   * Contacts, requests that stand and people the user blocks, in the order of their ids, up to `limit` behind `after`;
   * not those who block the user.
   */
  contacts(
    user: UserId,
    page: { readonly after: UserId | undefined; readonly limit: number },
  ): Promise<{ readonly contacts: readonly RelationOf[]; readonly more: boolean }>;
  /**
   * Whether a person lets somebody write whom they have not accepted (`[PEOPLE8]`). At once where it is known, and from
   * the answer to a change of settings on by these.
   */
  mayWrite(by: UserId, to: UserId): boolean | Promise<boolean>;
  /** Whether all of these let the user bring them into a group (`[PEOPLE9]`). */
  mayAdd(by: UserId, people: readonly UserRecord[]): Promise<boolean>;
  /** Whether the user has the other as a contact. */
  hasContact(user: UserId, other: UserId): Promise<boolean>;
  /** The user's settings were stored: the other devices are told that they changed (`[PEOPLE10]`). */
  settingsChanged(user: UserId, by: DeviceId): void;
  /** How far each of these devices has the user's inbox, and what it lacks. */
  lag(user: UserId, devices: readonly Pick<DeviceRecord, 'device' | 'cursor'>[]): Promise<InboxLag>;
  /** The user's setting changed: others see it at once. */
  hidePresence(user: UserId, hidden: boolean): void;
  /** What others see of the user changed: those who share a room are told, and the user's other devices (`[PEOPLE2]`). */
  profileChanged(record: UserRecord): void;
  receipts(
    user: UserId,
    room: RoomId,
  ): Promise<{ user: UserId; delivered: number; read: number }[] | undefined>;
}
