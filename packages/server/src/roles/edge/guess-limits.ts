import type { DeviceId } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { TokenBuckets } from './token-bucket.ts';

/** Wrong passwords in a row for one handle, and as many from each device that its account already has. */
export const GUESSES_AT_ONCE_MAX = 10;
/** After which there is one more. */
export const GUESS_EVERY_MS = 60_000;
/** Between two lines in the log about them. */
const NOTICE_EVERY_MS = 60_000;
/** Below that it is people who mistype. */
const NOTICE_GUESSES_MIN = 10;

export type Guess =
  | { readonly kind: 'admitted'; settle(outcome: 'right' | 'wrong' | 'untried'): void }
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

/**
 * How often a password may be guessed, wherever the guesses come from (`[LIMIT9]`). Counted by the handle that was
 * given, so that one that nobody has behaves as any other. A device that the account already has counts by itself: who
 * guesses at a handle locks nobody out of their own devices.
 */
export class GuessLimits {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #byHandle: TokenBuckets;
  readonly #byDevice: TokenBuckets;
  #failures = 0;
  /** Since the last line in the log. */
  #untold = { wrong: 0, refused: 0 };
  #toldAt: number;

  constructor(clock: Clock, log: Logger) {
    const rate = { perSecond: 1_000 / GUESS_EVERY_MS, burst: GUESSES_AT_ONCE_MAX };
    this.#clock = clock;
    this.#log = log;
    this.#byHandle = new TokenBuckets(clock, rate);
    this.#byDevice = new TokenBuckets(clock, rate);
    this.#toldAt = clock.monotonic() - NOTICE_EVERY_MS;
  }

  /** Log-ins with a wrong password, and those refused for them, since the start. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Takes a guess before the password is looked at: many at once must not all pass. What was right, or was not tried
   * after all, costs nothing.
   */
  take(handle: string, knownDevice: DeviceId | undefined): Guess {
    const buckets = knownDevice === undefined ? this.#byHandle : this.#byDevice;
    const key = knownDevice ?? handle;
    const retryAfterMs = buckets.take(key);
    if (retryAfterMs > 0) {
      this.#note('refused');
      return { kind: 'refused', retryAfterMs };
    }
    return {
      kind: 'admitted',
      settle: (outcome) => {
        if (outcome === 'wrong') this.#note('wrong');
        else buckets.giveBack(key);
      },
    };
  }

  /** Counted here and told in one line at most so often, without a handle or an address (`[PRIV6]`). */
  #note(what: 'wrong' | 'refused'): void {
    this.#failures++;
    this.#untold[what]++;
    const { wrong, refused } = this.#untold;
    const now = this.#clock.monotonic();
    if (wrong + refused < NOTICE_GUESSES_MIN || now - this.#toldAt < NOTICE_EVERY_MS) return;
    this.#log.warn({ wrong, refused }, 'wrong passwords: somebody may be guessing');
    this.#untold = { wrong: 0, refused: 0 };
    this.#toldAt = now;
  }
}
