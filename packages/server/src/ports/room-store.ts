import type {
  ClientMessageId,
  DeviceId,
  HiddenMessage,
  ListedChannel,
  Reactions,
  RoomId,
  Seq,
  UserId,
} from '@maru/protocol';
import type { TargetFacts } from '../core/room/command.ts';
import type { EncodedContent, RoomEvent } from '../core/room/event.ts';
import type { RoomState, SendOutcome, SendWindow } from '../core/room/state.ts';
import type { Position } from './position.ts';

/** One membership: `[joined, left)`. The last one of a member is open. */
export interface Interval {
  readonly joined: Seq;
  readonly visibleFrom: Seq;
  readonly left: Seq | undefined;
  readonly how: 'left' | 'removed' | undefined;
}

/** An event as it is read: with its newest edit and what stands on it, and blank where it was deleted or has expired. */
export interface StoredEvent extends RoomEvent {
  readonly edited?: { readonly seq: Seq; readonly at: number; readonly content?: EncodedContent };
  /** As anybody reads it: none is `mine`. Absent where nobody ever reacted. */
  readonly reactions?: Reactions;
}

/** One person's reaction to a message, and the event that put it there. */
export interface Reacted {
  readonly user: UserId;
  readonly reaction: string;
  readonly seq: Seq;
}

/** What stands on a message, and what of it is one user's. */
export interface ReactedBy {
  readonly all: Reactions | undefined;
  readonly own: readonly Omit<Reacted, 'user'>[];
}

/** A message that will vanish, or should have. */
export interface ExpiringMessage extends HiddenMessage {
  readonly room: RoomId;
  readonly expiresAt: number;
}

export interface ChannelQuery {
  /** In lower case; all of them stand in the name or the description. */
  readonly words: readonly string[];
  /** The last one of the page before. */
  readonly after: RoomId | undefined;
  readonly limit: number;
}

/**
 * Reads of what rooms know. Duties of an engine: every read sees all that `append` has resolved for, however far its
 * projections lag; and `intervals` reads the truth, never a projection (`[PRIV2]`).
 */
export interface RoomStore {
  /** The state at the log's head, windows left out (they are looked up device by device). */
  state(room: RoomId): Promise<RoomState | undefined>;
  /**
   * A device's newest commands by id, `limit` of them at the most (default and most: `SEND_WINDOW_IDS`); `at` is the
   * latest time of any of these.
   */
  window(room: RoomId, device: DeviceId, limit?: number): Promise<SendWindow | undefined>;
  /** What became of any command, however old. */
  outcome(room: RoomId, device: DeviceId, id: ClientMessageId): Promise<SendOutcome | undefined>;
  /** Events `from`–`to`, both included, rising; at most `to − from + 1`. */
  events(room: RoomId, from: number, to: number): Promise<StoredEvent[]>;
  /** When the user's newest message in the room came, by its time. */
  lastMessageAt(room: RoomId, user: UserId): Promise<number | undefined>;
  target(room: RoomId, seq: Seq): Promise<TargetFacts | undefined>;
  /** The edits of a message, rising. */
  edits(room: RoomId, seq: Seq): Promise<Seq[]>;
  /** What stands on a message, and the kinds that a user has put there, in no order; nothing on one that was deleted. */
  reacted(room: RoomId, seq: Seq, user: UserId): Promise<ReactedBy>;
  /** Who has put what on a message, the oldest first. */
  reactions(room: RoomId, seq: Seq): Promise<Reacted[]>;
  /** The whole content of a long message. */
  body(room: RoomId, seq: Seq): Promise<string | undefined>;
  /** All memberships of a user in a room, oldest first; empty if there was none. */
  intervals(room: RoomId, user: UserId): Promise<Interval[]>;
  /**
   * Messages that expire by `through` (milliseconds since the epoch) and still say something, the earliest first, at most
   * `limit`; none of the rooms `except`.
   */
  expiring(through: number, limit: number, except?: ReadonlySet<RoomId>): Promise<ExpiringMessage[]>;
  /** The newest event that stands in the log at or before a position; 0 if there is none. */
  seqAt(room: RoomId, position: Position): Promise<number>;
  /** `ordinal` at `seq`, and how many counting events of `user` lie at or below it. */
  countsAt(room: RoomId, seq: Seq, user: UserId): Promise<{ ordinal: number; own: number } | undefined>;
  /** Present members in the order of their ids, up to `limit` behind `after`. */
  membersAfter(
    room: RoomId,
    after: UserId | undefined,
    limit: number,
  ): Promise<{ user: UserId; joined: Seq }[]>;
  /** Rooms in which the user waits to be let in, in no order. */
  askedBy(user: UserId): Promise<RoomId[]>;
  /** How many channels the user has made that have members. */
  channelsMade(user: UserId): Promise<number>;
  /**
   * Public channels that have members and all the words, those with the most members first, then the oldest.
   */
  channels(query: ChannelQuery): Promise<ListedChannel[]>;
}
