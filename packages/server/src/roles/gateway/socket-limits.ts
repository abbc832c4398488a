import { type ErrorBody, refusal } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import { type Rate, TokenBuckets } from '../edge/token-bucket.ts';

/** What one address may open (`[LIMIT6]`). */
export interface SocketRates {
  /** Sockets at a time. */
  readonly perAddressMax: number;
  readonly openings: Rate;
}

const SOCKETS_PER_ADDRESS_MAX = 500;

/** Rates around how many sockets an address may have: two fifths of them at once, all of them within seconds. */
export function socketRates(perAddressMax = SOCKETS_PER_ADDRESS_MAX): SocketRates {
  const openings = { perSecond: Math.max(1, perAddressMax / 10), burst: Math.max(1, perAddressMax * 0.4) };
  return { perAddressMax, openings };
}

/** When to try again where it is others that must close first. */
const FULL_RETRY_AFTER_MS = 10_000;

/** Counts sockets by address. */
export class SocketLimits {
  readonly #rates: SocketRates;
  readonly #openings: TokenBuckets;
  readonly #open = new Map<string, number>();

  constructor(clock: Clock, rates: SocketRates = socketRates()) {
    this.#rates = rates;
    this.#openings = new TokenBuckets(clock, rates.openings);
  }

  /** Lets one more socket in, until {@link release}; or says why not. */
  admit(address: string): ErrorBody | undefined {
    const open = this.#open.get(address) ?? 0;
    const value = this.#rates.perAddressMax;
    if (open >= value) {
      return refusal('rate-limited', 'Too many connections from this address.', {
        limit: { name: 'SOCKETS_PER_ADDRESS_MAX', value },
        retryAfterMs: FULL_RETRY_AFTER_MS,
      });
    }
    const wait = this.#openings.take(address);
    if (wait > 0) return refusal('rate-limited', 'Too many connections at once.', { retryAfterMs: wait });
    this.#open.set(address, open + 1);
    return undefined;
  }

  release(address: string): void {
    const left = (this.#open.get(address) ?? 0) - 1;
    if (left > 0) this.#open.set(address, left);
    else this.#open.delete(address);
  }
}
