import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { countUpTo } from './rising.ts';

test('counts what is at or below a limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (numbers, limit) => {
      const rising = numbers.toSorted((a, b) => a - b);
      expect(countUpTo(rising, limit)).toBe(numbers.filter((number) => number <= limit).length);
    }),
  );
});
