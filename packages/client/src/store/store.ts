import type {
  AccountSettings,
  ClientMessageId,
  CommandFrame,
  Cursor,
  DeviceId,
  ErrorBody,
  Event,
  RoomId,
  UserId,
} from '@maru/protocol';
import { NOTHING_SCHEDULED, type ScheduledList } from '../later/scheduled-list.ts';
import type { OwnRecord } from '../own/own-record.ts';
import type { AccountChange, Person } from '../people/person.ts';
import type { Amendment } from '../room/amend.ts';
import type { RoomRecord } from '../room/room-record.ts';

/** Whose store this is. */
export interface Identity {
  readonly user: UserId;
  readonly device: DeviceId;
  /** The device's Bearer token; absent where a browser's cookie is used, and after signing out. */
  readonly token: string | undefined;
}

/** A command on its way to the server, or refused for good and kept until somebody decides what to do with it. */
export interface OutboxItem {
  /** Its name and what it asks for. */
  readonly command: CommandFrame;
  /** Rises with the order in which a room was given its commands; what was put back between two has a fraction. */
  readonly order: number;
  /** Milliseconds since the epoch, by the device's clock; for showing only. */
  readonly createdAt: number;
  readonly failed: ErrorBody | undefined;
  /** The id under which it was given first, where another one had to be taken since: all tabs know it by that. */
  readonly given?: ClientMessageId | undefined;
  /** Refused for good, as far as the answer goes: what became of it is still to be asked (`[ONCE7]`). It is not sent again. */
  readonly refused?: ErrorBody | undefined;
}

export interface StoredState {
  readonly identity: Identity | undefined;
  readonly cursor: Cursor | undefined;
  readonly rooms: readonly RoomRecord[];
  /** Rising by `order`. */
  readonly outbox: readonly OutboxItem[];
  /** The newest id minted in each room, also in rooms that are not known (any more). */
  readonly lastIds: ReadonlyMap<RoomId, ClientMessageId>;
  /** The user's own settings. */
  readonly own: readonly OwnRecord[];
  /** Those whom the device knows, the one that was learnt last at the end. */
  readonly people: readonly Person[];
  /** What the user changed of their own profile and the server does not have yet. */
  readonly profileChange: AccountChange | undefined;
  /** The settings of the account as the server had them when it was last asked. */
  readonly accountSettings: AccountSettings | undefined;
  readonly scheduled: ScheduledList;
}

/** One change of what is stored. */
export type StoreChange =
  | { readonly kind: 'identity'; readonly identity: Identity }
  | { readonly kind: 'cursor'; readonly cursor: Cursor | undefined }
  | { readonly kind: 'room'; readonly record: RoomRecord }
  /** Drops a room with its events. */
  | { readonly kind: 'forget-room'; readonly room: RoomId }
  /** Puts events, in place of those with the same numbers. */
  | { readonly kind: 'events'; readonly room: RoomId; readonly events: readonly Event[] }
  /** Carries out what happened to a message, if it is stored (see `fold`). */
  | { readonly kind: 'amend'; readonly room: RoomId; readonly amendment: Amendment }
  /** Erases what events of all rooms say whose time is over by then (see `expiredBy`), edits included. */
  | { readonly kind: 'expire'; readonly through: number }
  /** Drops a room's events outside `from`–`to`. */
  | { readonly kind: 'keep'; readonly room: RoomId; readonly from: number; readonly to: number }
  | { readonly kind: 'outbox'; readonly item: OutboxItem }
  | { readonly kind: 'outbox-done'; readonly room: RoomId; readonly clientMessageId: ClientMessageId }
  | { readonly kind: 'last-id'; readonly room: RoomId; readonly clientMessageId: ClientMessageId }
  /** Puts a setting, or drops one that says nothing. */
  | { readonly kind: 'own'; readonly record: OwnRecord }
  /** In place of the one before. */
  | { readonly kind: 'scheduled'; readonly list: ScheduledList }
  | PeopleChange;

/** A change of who is known. */
export type PeopleChange =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'forget-people'; readonly users: readonly UserId[] }
  | { readonly kind: 'profile-change'; readonly change: AccountChange | undefined }
  | { readonly kind: 'account-settings'; readonly settings: AccountSettings | undefined };

/**
 * What a device remembers. Duties of an engine:
 * - `load` gives everything but the events; it is called once, first.
 * - `apply` is all or nothing and carries the changes out in their order; when it resolves they are on durable storage,
 *   whatever durable is on that platform. Calls take effect in the order in which they are made. It rejects only when
 *   nothing of it was stored; the client then stops.
 * - `events` gives what is stored of `from`–`to` (both included), rising, all that `apply` has resolved for.
 * - `nextExpiry` gives the earliest `expiresAt` of an event that still says something; `undefined`: none.
 * - What `expire` or an amendment erased is in no file any more when `apply` resolves.
 * - One client uses it at a time. Nothing else writes to it.
 */
export interface ClientStore {
  load(): Promise<StoredState>;
  apply(changes: readonly StoreChange[]): Promise<void>;
  events(room: RoomId, from: number, to: number): Promise<Event[]>;
  nextExpiry(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What is in a store that nobody used before. */
export function emptyState(): StoredState {
  return {
    identity: undefined,
    cursor: undefined,
    rooms: [],
    outbox: [],
    lastIds: new Map(),
    own: [],
    people: [],
    profileChange: undefined,
    accountSettings: undefined,
    scheduled: NOTHING_SCHEDULED,
  };
}

/** The number of a command's room and id, as a key. */
export function commandKey(room: RoomId, clientMessageId: ClientMessageId): string {
  return `${room} ${clientMessageId}`;
}
