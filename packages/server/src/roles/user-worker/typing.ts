import type { UserId } from '@maru/protocol';
import type { Delivery } from '../../ports/delivery.ts';
import { isSmall, type Place } from './inbox.ts';
import { isSeenBy } from './seen-by.ts';

/**
 * A user's notices that come sooner than this are dropped, but behind a message of theirs; a client repeats its own every
 * three seconds.
 */
const TYPING_PASS_MS = 1_000;
/** In bigger rooms nobody can follow who is typing. */
const TYPING_MEMBERS_MAX = 100;

/** Tells the other members' sessions that the user is typing (`[SOFT7]`). */
export function passTyping(place: Place, delivery: Delivery, now: number): void {
  const { in: room, inbox } = place;
  if (!isSmall(room, TYPING_MEMBERS_MAX) || now - inbox.typedAt < TYPING_PASS_MS) return;
  inbox.typedAt = now;
  const others: UserId[] = [];
  for (const other of room.people) {
    if (other === place || other.inbox.sessions.length === 0) continue;
    if (isSeenBy(room, inbox.user, other.inbox)) others.push(other.inbox.user);
  }
  if (others.length === 0) return;
  delivery.toUsers(others, `{"kind":"typing","room":"${room.room}","user":"${inbox.user}"}`);
}
