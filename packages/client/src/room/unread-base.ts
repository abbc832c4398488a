import type { Event, UserId } from '@maru/protocol';
import { messagesHiddenBy, UNREAD_COUNT_MAX, unreadCount } from '@maru/protocol';
import type { Named } from './unread-mentions.ts';

/** The protocol's unread facts but for the head, which moves with every event. */
export interface UnreadBase {
  readonly readOrdinal: number;
  readonly ownAfter: number;
  readonly hiddenAfter: number;
}

/** Stands below every ordinal: more unread than are counted, until the mark moves. */
const COUNTLESS = -1_000_000;

/** The facts that give the server's number at this head. */
export function baseFromServer(headOrdinal: number, count: number): UnreadBase {
  const readOrdinal = count > UNREAD_COUNT_MAX ? COUNTLESS : headOrdinal - count;
  return { readOrdinal, ownAfter: 0, hiddenAfter: 0 };
}

/** Who counts, what they have deleted for themselves, and whom they block. */
export interface Reader extends Named {
  readonly hides: (seq: number) => boolean;
}

/** Everything up to the head is read. */
export function baseAllRead(headOrdinal: number): UnreadBase {
  return { readOrdinal: headOrdinal, ownAfter: 0, hiddenAfter: 0 };
}

/** The facts after one more event. */
export function baseAfterEvent(base: UnreadBase, event: Event, me: UserId, read: number): UnreadBase {
  // Read on another device before it came here.
  if (event.seq <= read) return baseAllRead(event.ordinal);
  if (event.counts) return event.sender === me ? { ...base, ownAfter: base.ownAfter + 1 } : base;
  // A message is hidden once.
  const hidden = messagesHiddenBy(event).filter(({ seq, sender }) => seq > read && sender !== me);
  return hidden.length === 0 ? base : { ...base, hiddenAfter: base.hiddenAfter + hidden.length };
}

/**
 * The facts for a read mark, from the events behind it, all of them, rising. `readOrdinal`: the ordinal at the mark;
 * without it, what lies before the first event counts as read. What hides a message lies behind it, and so among them.
 */
export function baseFromEvents(
  after: readonly Event[],
  { me, hides }: Reader,
  headOrdinal: number,
  readOrdinal: number | undefined,
): UnreadBase {
  const first = after[0];
  if (first === undefined) return baseAllRead(headOrdinal);
  const hidden = new Set(after.flatMap((event) => messagesHiddenBy(event).map(({ seq }) => seq)));
  let ownAfter = 0;
  let hiddenAfter = 0;
  for (const event of after) {
    if (!event.counts) continue;
    if (event.sender === me) ownAfter++;
    else if (hidden.has(event.seq) || hides(event.seq)) hiddenAfter++;
  }
  return { readOrdinal: readOrdinal ?? first.ordinal - (first.counts ? 1 : 0), ownAfter, hiddenAfter };
}

/** `[UNREAD2]` with the function that the server uses. */
export function countUnread(base: UnreadBase, headOrdinal: number): number {
  return unreadCount({ headOrdinal, ...base });
}
