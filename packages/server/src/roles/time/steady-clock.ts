import type { Clock } from '../../ports/clock.ts';

/** A leap ahead of at most so much is taken for what it says: a machine that stood still for a while. */
const LEAP_MS_MAX = 300_000;
/** A greater one is believed when it has lasted for so long. */
const LEAP_HELD_MS = 600_000;

/**
 * The time of day for what can't be undone: erasing, sending at a time. It follows the machine's clock, also back; but
 * where that leaps far ahead while the process runs, it goes on by the time that has passed until the leap has lasted, so
 * that a clock that is wrong for a moment erases nothing (`[TIME4]`).
 */
export class SteadyClock {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  /** The newest time that was believed, and when that was, by the monotonic clock. */
  #believed: number;
  #at: number;
  /** When a leap was first seen. */
  #leapAt: number | undefined;

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock;
    this.#believed = clock.now();
    this.#at = clock.monotonic();
  }

  /** Milliseconds since the epoch: whole ones, as it stands in events. */
  now(): number {
    const now = this.#clock.now();
    const monotonic = this.#clock.monotonic();
    const expected = this.#believed + (monotonic - this.#at);
    if (now > expected + LEAP_MS_MAX) {
      this.#leapAt ??= monotonic;
      if (monotonic - this.#leapAt < LEAP_HELD_MS) return Math.floor(expected);
    }
    this.#leapAt = undefined;
    this.#believed = now;
    this.#at = monotonic;
    return now;
  }
}
