import type { UserId } from '@maru/protocol';

/**
 * When people's newest messages came, by the room's time; the newest last. Who is not here has theirs looked up. An
 * array of few, as with the devices' windows: each message makes a new one.
 */
export type SlowSends = readonly (readonly [user: UserId, at: number])[];

/** People kept in it. */
export const SLOW_SENDERS_MAX = 64;

/** What is kept after a message; nothing in a room without slow mode. */
export function withSend(sends: SlowSends | undefined, user: UserId, at: number): SlowSends {
  const others = sends?.filter(([one]) => one !== user) ?? [];
  return [...others.slice(-(SLOW_SENDERS_MAX - 1)), [user, at]];
}
