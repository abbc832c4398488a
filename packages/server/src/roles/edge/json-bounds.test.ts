import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import * as fc from 'fast-check';
import { checkJsonBounds } from './json-bounds.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('checkJsonBounds', () => {
  test('brackets and commas inside strings are text', () => {
    const text = JSON.stringify({ text: `${'['.repeat(500)}"\\"${'{'.repeat(500)}\\${','.repeat(50_000)}` });
    expect(checkJsonBounds(text)).toBeUndefined();
  });

  test('a string that never ends is left to the parser', () => {
    expect(checkJsonBounds(`{"text":"${'['.repeat(1_000)}`)).toBeUndefined();
    expect(checkJsonBounds(`{"text":"${'\\"'.repeat(1_000)}`)).toBeUndefined();
  });

  test('[WIRE3] refuses just what nests deeper than the limit, whatever strings say', () => {
    const levels = { min: 0, max: limits.FRAME_NESTING_MAX * 2 };
    return fc.assert(
      fc.property(fc.integer(levels), fc.string({ unit: 'grapheme' }), fc.string(), (depth, text, key) => {
        let value: unknown = [text, '"]}\\'];
        for (let i = 1; i < depth; i++) value = i % 2 === 0 ? { [`k${key}`]: value, text } : [text, value];
        const refused = checkJsonBounds(JSON.stringify(value)) !== undefined;
        expect(refused).toBe(depthOf(value) > limits.FRAME_NESTING_MAX);
      }),
    );
  });
});
