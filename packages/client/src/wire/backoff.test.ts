import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { BACKOFF_FIRST_MS, BACKOFF_MAX_MS, fullJitterMs } from './backoff.ts';

const random = (fraction: number) => () => {
  const value = Math.floor(fraction * 2 ** 32);
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
};

test('[SLOW4] a wait lies anywhere between nothing and a bound that doubles up to its limit', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (tries, fraction) => {
      const bound = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(tries, 20));
      const wait = fullJitterMs(tries, random(fraction));
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(bound);
      expect(Math.abs(wait - fraction * bound)).toBeLessThanOrEqual(1);
    }),
  );
});
