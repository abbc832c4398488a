import { type Environment, randomFraction } from '../environment.ts';

/** The upper bound of the first wait, and of any. */
export const BACKOFF_FIRST_MS = 1_000;
export const BACKOFF_MAX_MS = 30_000;

/**
 * How long to wait before the next try (`[SLOW4]`): anything from nothing to a bound that doubles with each try, so that
 * devices which were cut at once do not come back at once. "Full jitter" of
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 */
export function fullJitterMs(tries: number, random: Environment['random']): number {
  const bound = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(tries, 16));
  return Math.floor(randomFraction(random) * bound);
}
