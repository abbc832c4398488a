/** `[UNREAD1]`–`[UNREAD4]`: one pure function on both sides. */

/** Exact up to here; one more stands for "more" and is shown as 999+. */
export const UNREAD_COUNT_MAX = 999;

export interface UnreadFacts {
  /** `ordinal` of the newest event, and of the event that the read mark stands on (0: nothing read). */
  readonly headOrdinal: number;
  readonly readOrdinal: number;
  /** Counting events above the read mark that are the user's own. */
  readonly ownAfter: number;
  /** Counting events above the read mark, by others, that were deleted, or that the user hid (`[OWN7]`). */
  readonly hiddenAfter: number;
}

/**
 * How many messages the user has not read: `ordinal(head) − ordinal(read)`, less the own and the hidden ones above the
 * mark. At most `UNREAD_COUNT_MAX + 1`.
 */
export function unreadCount(facts: UnreadFacts): number {
  const count = facts.headOrdinal - facts.readOrdinal - facts.ownAfter - facts.hiddenAfter;
  return Math.max(0, Math.min(count, UNREAD_COUNT_MAX + 1));
}

/** A count as it is written: beyond `max`, which is `999` or `99`, what stands for more. */
export function countText(count: number, max = UNREAD_COUNT_MAX): string {
  return count > max ? `${max}+` : String(count);
}

/** Which kinds of event count as unread: a message somebody wrote, and nothing else. */
export function countsAsUnread(kind: string): boolean {
  return kind === 'message';
}
