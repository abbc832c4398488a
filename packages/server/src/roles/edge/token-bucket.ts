import type { Clock } from '../../ports/clock.ts';

/** So much in a row, and so much a second in the long run. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** So that who waits exactly as long as told is not told to wait again for what rounding took. */
const ROUNDING = 1e-6;

/** A token bucket: begins full, and gains `perSecond` up to `burst`. What is refused costs nothing. */
export class TokenBucket {
  readonly #rate: Rate;
  #level: number;
  #at: number;

  /** @param now milliseconds of a clock that never goes back, here and in all calls. */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#at = now;
  }

  /** Takes `cost` and gives 0; or takes nothing and gives the milliseconds until it will be there. */
  take(cost: number, now: number): number {
    const level = this.#levelAt(now);
    this.#at = now;
    const lacking = cost - level;
    if (lacking <= ROUNDING) {
      this.#level = Math.max(0, -lacking);
      return 0;
    }
    this.#level = level;
    return Math.max(1, Math.ceil(((lacking - ROUNDING) / this.#rate.perSecond) * 1_000));
  }

  /** Gives back what was taken for nothing. */
  giveBack(cost: number, now: number): void {
    this.#level = Math.min(this.#rate.burst, this.#levelAt(now) + cost);
    this.#at = now;
  }

  /** A full bucket says the same as none. */
  isFull(now: number): boolean {
    return this.#levelAt(now) >= this.#rate.burst;
  }

  #levelAt(now: number): number {
    return Math.min(this.#rate.burst, this.#level + ((now - this.#at) / 1_000) * this.#rate.perSecond);
  }
}

/** Keys that a set of buckets holds before it forgets those that have been quiet. */
const BUCKETS_MAX = 100_000;

/** One bucket a key (a device, an address), for as long as it isn't full. */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #max: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, rate: Rate, max = BUCKETS_MAX) {
    this.#clock = clock;
    this.#rate = rate;
    this.#max = max;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** 0, or the milliseconds after which the same may be tried again. What costs more than there can be takes all. */
  take(key: string, cost = 1): number {
    const now = this.#clock.monotonic();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#max) this.#forget(now);
      bucket = new TokenBucket(this.#rate, now);
      this.#buckets.set(key, bucket);
    }
    return bucket.take(Math.min(cost, this.#rate.burst), now);
  }

  /** As if `cost` had not been taken. */
  giveBack(key: string, cost = 1): void {
    this.#buckets.get(key)?.giveBack(cost, this.#clock.monotonic());
  }

  /** Makes room: the full ones, and where all are in use the oldest half. */
  #forget(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (bucket.isFull(now)) this.#buckets.delete(key);
    }
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= this.#max / 2) return;
      this.#buckets.delete(key);
    }
  }
}
