import type { RoomSummary } from '@maru/client';
import type { RoomId, UserId } from '@maru/protocol';

/** Of each conversation, its newest message and how many unread ones name the user. */
export type Known = ReadonlyMap<RoomId, { readonly seq: number; readonly mentions: number }>;

/** What is known after these conversations were seen; what is not among them any more stays known. */
export function knownAfter(before: Known | undefined, rooms: readonly RoomSummary[]): Known {
  const after = new Map(before);
  for (const { room, latest, mentionCount } of rooms) {
    // A message that was deleted makes an older one the newest again.
    const seq = Math.max(after.get(room)?.seq ?? 0, latest?.seq ?? 0);
    after.set(room, { seq, mentions: mentionCount });
  }
  return after;
}

/** Whose messages are news to nobody: the user's own, and of those whom they block. */
export type IsQuiet = (sender: UserId) => boolean;

/** Whether something has come into a conversation since that its user wants to hear of: of a muted one, a mention at most. */
export function hasNews(room: RoomSummary, known: Known, isQuiet: IsQuiet): boolean {
  const { seq = 0, mentions = 0 } = known.get(room.room) ?? {};
  const { muted, latest, unreadCount, mentionCount } = room;
  if (muted !== undefined) return muted.mentions && mentionCount > mentions;
  if (latest === undefined || unreadCount === 0) return false;
  return latest.seq > seq && latest.kind === 'message' && !isQuiet(latest.sender);
}
