import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { packedAt, packedBytes, packedLength, packNumbers, unpackNumbers } from './packed-numbers.ts';

test('numbers up to 2^40 − 1 come out as they went in, and packs can be joined', () => {
  const numbers = fc.array(fc.nat({ max: 2 ** 40 - 1 }));
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const joined = new Uint8Array([...packNumbers(a), ...packNumbers(b)]);
      const all = [...a, ...b];
      expect(unpackNumbers(joined)).toEqual(all);
      expect(packedLength(joined)).toBe(all.length);
      expect(joined).toHaveLength(packedBytes(all.length));
      for (const [index, number] of all.entries()) expect(packedAt(joined, index)).toBe(number);
      expect(packedAt(joined, all.length)).toBeUndefined();
    }),
  );
});
