import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { Histogram } from './histogram.ts';

test('percentiles are exact to under 1 %', () => {
  const values = fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, fraction) => {
      const histogram = new Histogram();
      for (const value of given) histogram.add(value);
      const sorted = given.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(fraction * given.length - 1e-6) - 1)] ?? 0;
      const found = histogram.at(fraction);
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * 1.01 + 1);
    }),
  );
});

test('the last percentile is the maximum, and powers of two fall into their own buckets', () => {
  for (let power = 0; power < 44; power++) {
    for (const value of [2 ** power - 1, 2 ** power, 2 ** power + 1]) {
      const histogram = new Histogram();
      histogram.add(value);
      histogram.add(value);
      expect(histogram.at(1)).toBe(value);
      expect(histogram.mean).toBe(value);
    }
  }
});
