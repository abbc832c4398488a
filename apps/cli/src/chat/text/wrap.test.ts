import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { widthOf } from './clusters.ts';
import { fitText, truncate } from './fit-text.ts';
import { wrapLine, wrapText } from './wrap.ts';

const rows = (text: string, width: number) => wrapText(text, width).map((row) => row.text.trimEnd());

describe('a long text', () => {
  test.each([
    ['between words', 'the quick brown fox', 10, ['the quick', 'brown fox']],
    ['in a word that has no room', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['between Hangul words', '안녕하세요 여러분', 12, ['안녕하세요', '여러분']],
    ['in Hangul without spaces', '안녕하세요여러분', 7, ['안녕하', '세요여', '러분']],
    ['anywhere in Chinese', '我們明天見', 6, ['我們明', '天見']],
    ['not before closing marks', '我們，天', 4, ['我', '們，', '天']],
    ['at line ends', 'one\ntwo\n\nfour', 10, ['one', 'two', '', 'four']],
    ['never in a family', 'ab👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 4, ['ab👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']],
    ['spaces hang over the edge', 'abcd     efgh', 4, ['abcd', 'efgh']],
  ])('is broken %s', (_where, text, width, expected) => expect(rows(text, width)).toEqual(expected));

  test('keeps every character, in order, in rows that fit', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'bc', ' ', '가', '漢', '👩‍👧', 'e\u0301', '，'),
      maxLength: 40,
    });
    await fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (line, width) => {
        const wrapped = wrapLine(line, width);
        let at = 0;
        for (const row of wrapped) {
          expect(row.start).toBe(at);
          expect(widthOf(row.text)).toBe(row.width);
          expect(row.width).toBeLessThanOrEqual(width);
          expect(line.slice(row.start, row.end).startsWith(row.text)).toBe(true);
          expect(line.slice(row.start + row.text.length, row.end).trim()).toBe('');
          at = row.end;
        }
        expect(at).toBe(line.length);
      }),
    );
  });

  test('of 100,000 characters is broken at once', () => {
    expect(wrapLine('가나다 '.repeat(25_000), 80).length).toBeGreaterThan(2_000);
    expect(wrapLine('👨‍👩‍👧‍👦'.repeat(9_000), 80)).toHaveLength(225);
  });
});

describe('what has to fit', () => {
  test.each([
    ['Mina', 6, 'Mina  '],
    ['Mina', 4, 'Mina'],
    ['Minami', 4, 'Min…'],
    ['안녕하세요', 6, '안녕… '],
    ['👨‍👩‍👧‍👦 family', 4, '👨‍👩‍👧‍👦 …'],
    ['x', 0, ''],
  ])('%j in %d columns', (text, width, expected) => {
    expect(fitText(text, width)).toBe(expected);
    expect(widthOf(fitText(text, width))).toBe(width);
    expect(truncate(text, width)).toBe(expected.trimEnd());
  });
});
