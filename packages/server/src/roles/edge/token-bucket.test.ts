import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { TokenBucket, TokenBuckets } from './token-bucket.ts';

const RATE = { perSecond: 10, burst: 5 };

describe('TokenBucket', () => {
  test('[LIMIT6] gives its burst, then says when there is more', () => {
    const bucket = new TokenBucket(RATE, 0);
    for (let i = 0; i < 5; i++) expect(bucket.take(1, 0)).toBe(0);
    expect(bucket.take(1, 0)).toBe(100);
    expect(bucket.take(2, 0)).toBe(200);
    expect(bucket.take(1, 99)).toBe(1);
    expect(bucket.take(1, 100)).toBe(0);
  });

  test('[LIMIT6] never holds more than its burst', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect(bucket.take(5, 1_000_000)).toBe(0);
    expect(bucket.take(1, 1_000_000)).toBe(100);
  });

  test('[LIMIT6] whoever waits as long as told is served, and over any time gets no more than burst and rate', () => {
    const step = fc.record({ cost: fc.integer({ min: 1, max: 5 }), pause: fc.integer({ min: 0, max: 700 }) });
    return fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const bucket = new TokenBucket(RATE, 0);
        let now = 0;
        let given = 0;
        for (const { cost, pause } of steps) {
          now += pause;
          const wait = bucket.take(cost, now);
          if (wait > 0) {
            now += wait;
            expect(bucket.take(cost, now)).toBe(0);
          }
          given += cost;
          expect(given).toBeLessThanOrEqual(RATE.burst + (now / 1_000) * RATE.perSecond + 1e-6);
        }
      }),
    );
  });
});

describe('TokenBuckets', () => {
  test('[LIMIT6] one key does not use up what another has', () => {
    const buckets = new TokenBuckets(new ManualClock(), RATE);
    for (let i = 0; i < 5; i++) buckets.take('a');
    expect(buckets.take('a')).toBeGreaterThan(0);
    expect(buckets.take('b')).toBe(0);
  });

  test('what costs more than there can be waits for all there can be', () => {
    const clock = new ManualClock();
    const buckets = new TokenBuckets(clock, RATE);
    expect(buckets.take('a', 1_000)).toBe(0);
    const wait = buckets.take('a', 1_000);
    expect(wait).toBeGreaterThan(0);
    clock.advance(wait);
    expect(buckets.take('a', 1_000)).toBe(0);
  });

  test('those that are full again are forgotten, those in use are not', () => {
    const clock = new ManualClock();
    const buckets = new TokenBuckets(clock, RATE, 10);
    for (let i = 0; i < 9; i++) buckets.take(`quiet ${i}`);
    clock.advance(1_000);
    for (let i = 0; i < 5; i++) buckets.take('busy');
    buckets.take('new');
    expect(buckets.size).toBe(2);
    expect(buckets.take('busy')).toBeGreaterThan(0);
  });

  test('keys without end take no memory without end', () => {
    const buckets = new TokenBuckets(new ManualClock(), RATE, 100);
    for (let i = 0; i < 10_000; i++) buckets.take(`address ${i}`);
    expect(buckets.size).toBeLessThanOrEqual(100);
  });
});
