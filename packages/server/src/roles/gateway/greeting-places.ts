import { type ErrorBody, limits, refusal } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';

/** Sockets of one address that are without a welcome at once. Each may hold an unfinished frame, and nobody is known to pay for it. */
export const UNWELCOMED_PER_ADDRESS_MAX = 32;
/** And of all addresses together. */
const UNWELCOMED_IN_ALL_MAX = 1_000;
const RETRY_AFTER_MS = 1_000;

interface Waiting {
  readonly address: string;
  readonly enter: () => void;
}

/** Places for sockets until they are welcomed (`[LIMIT12]`): a class that comes back at once waits its turn for some milliseconds. */
export class GreetingPlaces {
  readonly #clock: Clock;
  readonly #taken = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #all = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a place, until {@link leave}; says why not when there is none within `SOCKET_GREETING_MS_MAX`. */
  enter(address: string): Promise<ErrorBody | undefined> {
    if (this.#hasPlace(address)) {
      this.#take(address);
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      const giveUp = this.#clock.after(limits.SOCKET_GREETING_MS_MAX, () => {
        this.#waiting.delete(waiting);
        const error = 'Too many connections are being opened.';
        resolve(refusal('rate-limited', error, { retryAfterMs: RETRY_AFTER_MS }));
      });
      const enter = () => {
        giveUp();
        this.#waiting.delete(waiting);
        this.#take(address);
        resolve(undefined);
      };
      const waiting: Waiting = { address, enter };
      this.#waiting.add(waiting);
    });
  }

  leave(address: string): void {
    this.#all--;
    const left = (this.#taken.get(address) ?? 0) - 1;
    if (left > 0) this.#taken.set(address, left);
    else this.#taken.delete(address);
    for (const waiting of this.#waiting) {
      if (!this.#hasPlace(waiting.address)) continue;
      waiting.enter();
      return;
    }
  }

  #hasPlace(address: string): boolean {
    return this.#all < UNWELCOMED_IN_ALL_MAX && (this.#taken.get(address) ?? 0) < UNWELCOMED_PER_ADDRESS_MAX;
  }

  #take(address: string): void {
    this.#all++;
    this.#taken.set(address, (this.#taken.get(address) ?? 0) + 1);
  }
}
