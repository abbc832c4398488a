import type { RoomId, Seq, UserId } from '@maru/protocol';
import type { RoomState } from '../../core/room/state.ts';
import type { EventEntry, ReaderEntry } from '../../ports/log.ts';

/** What the rooms' owner tells the users' owner in the pass after a commit, in the order of the log. */
export interface InboxFeed {
  /**
   * An event was committed; `state` is the room behind it. Who came in or went out is sent the room's entry (`[SYNC9]`).
   */
  committed(entry: EventEntry, state: RoomState): void;
  /** Somebody came into a channel or went: they, and nobody else, are sent its entry. */
  readerCommitted(entry: ReaderEntry, state: RoomState): void;
  /** Whether a user who is online may see an event of a room. */
  sees(user: UserId, room: RoomId, seq: Seq): boolean;
}
