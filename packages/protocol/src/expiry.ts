/** How long a message stays: one function on both sides, so that a device knows it before the server answers. */
import type { RoomFacts } from './room-facts.ts';

interface Expiry {
  readonly expiresAfter: number;
  readonly expiresAt: number;
}

/** Seconds that a message stays (`[TIME1]`): the shorter of what its sender chose and what the room says. */
export function lastingFor(facts: RoomFacts, chosen: number | undefined): number | undefined {
  const { expiresAfter } = facts;
  if (chosen === undefined || expiresAfter === undefined) return chosen ?? expiresAfter;
  return Math.min(chosen, expiresAfter);
}

/**
 * When a message vanishes; `undefined`: never.
 *
 * @param facts what holds in the room right before it
 * @param at when it was stored, milliseconds since the epoch by the room's time
 */
export function expiryOf(facts: RoomFacts, chosen: number | undefined, at: number): Expiry | undefined {
  const expiresAfter = lastingFor(facts, chosen);
  return expiresAfter === undefined ? undefined : { expiresAfter, expiresAt: at + expiresAfter * 1_000 };
}
