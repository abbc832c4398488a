import type { RoomId, Seq, UserId } from '@maru/protocol';
import type { PlacedHead } from '../core/projection/room-head.ts';
import type { UserMarks } from '../core/user/marks.ts';
import type { Position } from './position.ts';
import type { Interval } from './room-store.ts';

export type { PlacedHead } from '../core/projection/room-head.ts';

/** A user's place in one room, past rooms included. */
export interface UserRoom {
  readonly room: RoomId;
  readonly intervals: readonly Interval[];
  /** Absent until the user first marks: then what the joining set (`[UNREAD3]`). */
  readonly marks: UserMarks;
  /** The user's own delivered watermark; 0 is none. */
  readonly delivered: number;
  /** Position of the newest change of the user's own membership or marks here. */
  readonly changedAt: Position;
  /** How many counting events of the user's own the room has. */
  readonly own: number;
  /** The other person of a direct room. */
  readonly peer: UserId | undefined;
}

export interface Watermarks {
  readonly user: UserId;
  readonly delivered: number;
  readonly read: number;
}

/**
 * Reads and soft writes of what users know. Duties: as `RoomStore`, every read sees all that `append` has resolved for.
 */
export interface InboxStore {
  /** Every room the user is or was in. */
  roomsOf(user: UserId): Promise<UserRoom[]>;
  heads(rooms: readonly RoomId[]): Promise<PlacedHead[]>;
  /** Deleted counting events in a room above `after`, written by others than `user`; at most 1,000 are counted. */
  deletedAfter(room: RoomId, after: number, user: UserId): Promise<number>;
  /**
   * Messages of a room above `after` that name `user`, by others, rising, with who wrote them: the first
   * `UNREAD_MENTIONS_MAX`. An edit puts its own mentions in the place of those before; what was deleted names nobody.
   */
  mentionsAfter(room: RoomId, after: number, user: UserId): Promise<{ seq: Seq; author: UserId }[]>;
  /** No message of a room above this `seq` names anybody: it spares the look-up of which there are. */
  mentionedMax(room: RoomId): Promise<number>;
  /** Watermarks of all present members of a room who have any, or of these. */
  watermarks(room: RoomId, members?: readonly UserId[]): Promise<Watermarks[]>;
  members(room: RoomId): Promise<{ user: UserId; joined: Seq }[]>;
  /**
   * Stores delivered marks (kept at their maximum). Soft: may be lost in a crash, and devices say them again; written
   * behind, in order.
   */
  saveDelivered(marks: readonly { user: UserId; room: RoomId; delivered: number }[]): void;
  /** When users were last active, milliseconds since the epoch. Soft, as above. */
  saveLastActive(times: readonly { user: UserId; at: number }[]): void;
  lastActive(users: readonly UserId[]): Promise<{ user: UserId; at: number }[]>;
}
