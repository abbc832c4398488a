import * as z from 'zod';
import { event, historySetting, shownRoomKind } from '../event.ts';
import { roomId, seq, userId } from '../ids.ts';
import { UNREAD_MENTIONS_MAX } from '../limits.ts';
import { relationView } from '../relation.ts';
import { roomFacts } from '../room-facts.ts';

/** Spans of `seq` that a member may read, rising; the last one is open (`null`) while a member. */
export const visibleSpan = z.tuple([seq, seq.nullable()]);

/** What a user knows of a room as a whole: sent by sync, and live when the user comes in or goes out. */
export const roomEntry = z.object({
  room: roomId,
  roomKind: shownRoomKind,
  name: z.string().optional(),
  /** For one who left: what held for them. */
  history: historySetting,
  creator: userId,
  membership: z.enum(['member', 'left', 'removed']),
  memberCount: z.int(),
  /** What else holds in the room; absent where nothing was ever set, and for one who left. */
  facts: roomFacts.optional(),
  /** The other person of a direct room. */
  peer: userId.optional(),
  /** Of a direct room: what the two are to each other, as this user is told. */
  relation: relationView.optional(),
  visible: z.array(visibleSpan),
  /** The newest event: its number, how many counting events there are, its time. For one who left: where they left. */
  head: z.object({ seq, ordinal: z.int(), at: z.int() }),
  /** The user's own marks; `unread` is the user's flag. */
  marks: z.object({ read: z.int(), unread: z.boolean(), delivered: z.int() }),
  /** Unread messages, at most `UNREAD_COUNT_MAX + 1`, which stands for "more" (`[UNREAD2]`). */
  unreadCount: z.int(),
  /** Unread messages that name the user, rising (`[TEXT5]`): all, or the first `UNREAD_MENTIONS_MAX`. Absent: none. */
  unreadMentions: z.array(seq).max(UNREAD_MENTIONS_MAX).optional(),
  /** The peer's watermarks in a direct room; in groups up to `RECEIPTS_PUSHED_MEMBERS_MAX` everybody else's. */
  receipts: z.array(z.object({ user: userId, delivered: z.int(), read: z.int() })).optional(),
  /**
   * The newest events, rising; fewer than asked for where the answer would grow too large. For one who left a group: the
   * one by which they went.
   */
  events: z.array(event),
});
export type RoomEntry = z.infer<typeof roomEntry>;

export const roomFrame = z.object({ kind: z.literal('room'), entry: roomEntry });
