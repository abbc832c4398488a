import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { blockText, countCodePoints, displayText, takeCodePoints } from './text.ts';

/** Any UTF-16 at all: scripts, emoji, lone surrogates. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\ud83d', '\ude00', 'a', '한', '👨‍👩‍👧'), { maxLength: 20 })
    .map((parts) => parts.join('')),
);

describe('code points', () => {
  test('[LIMIT2] are counted as iterating over the text counts them', () => {
    void fc.assert(fc.property(anyText, (text) => expect(countCodePoints(text)).toBe([...text].length)));
  });

  test('[LIMIT2] of 100,000 of any script are 100,000', () => {
    for (const one of ['a', '한', '😀', 'ש', '\ud800']) {
      expect(countCodePoints(one.repeat(100_000))).toBe(one === '\ud800' ? 100_000 : 100_000);
    }
    expect(countCodePoints('')).toBe(0);
    // A family is seven: four people and three joiners.
    expect(countCodePoints('👨‍👩‍👧‍👦')).toBe(7);
  });

  test('[LIMIT5] the first of a text are taken whole', () => {
    void fc.assert(
      fc.property(anyText, fc.nat({ max: 50 }), (text, max) => {
        expect(takeCodePoints(text, max)).toBe([...text].slice(0, max).join(''));
      }),
    );
  });
});

describe('[LIMIT7] a name for people', () => {
  const name = displayText(64);
  const parse = (text: string) => name.safeParse(text);

  const good: readonly [string, string, string][] = [
    ['Korean', '김민준', '김민준'],
    ['decomposed Korean, composed', '김민준'.normalize('NFD'), '김민준'],
    ['Arabic', 'محمد', 'محمد'],
    ['Hebrew with points', 'שָׁלוֹם'.normalize('NFC'), 'שָׁלוֹם'.normalize('NFC')],
    ['Devanagari with a joiner', 'क्‍ष', 'क्‍ष'],
    ['Persian with a non-joiner', 'نامه‌ای', 'نامه‌ای'],
    ['Latin with combining marks, composed', 'e\u0301', 'é'],
    ['an emoji family with joiners', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['a flag of tag characters', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['an emoji with a variation selector', '❤️', '❤️'],
    ['one character', 'x', 'x'],
    ['with 30 marks on a letter', `x${'\u0316'.repeat(30)}`, `x${'\u0316'.repeat(30)}`],
    ['white space around', '  Min Jun \u3000', 'Min Jun'],
    ['inner white space', 'Min  Jun', 'Min  Jun'],
  ];
  for (const [what, given, expected] of good) {
    test(`may be ${what}`, () => {
      expect(parse(given)).toEqual({ success: true, data: expected });
    });
  }

  const bad: readonly [string, string][] = [
    ['empty', ''],
    ['white space', ' \u00a0\u3000\t'],
    ['zero-width characters', '\u200b\u200d\ufeff\u2060'],
    ['a combining mark alone', '\u0301'],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['blank Braille', '\u2800'],
    ['a variation selector alone', '\ufe0f'],
    ['with a right-to-left override', 'abc\u202egnp.exe'],
    ['with an isolate', 'a\u2066b\u2069'],
    ['with an embedding', '\u202aabc\u202c'],
    ['with a direction mark', 'a\u200fb'],
    ['with an Arabic letter mark', 'a\u061cb'],
    ['with NUL', 'a\u0000b'],
    ['with a control', 'a\u0007b'],
    ['with a C1 control', 'a\u0085b'],
    ['with a line break', 'a\nb'],
    ['with a line separator', 'a\u2028b'],
    ['with a paragraph separator', 'a\u2029b'],
    ['with a lone surrogate', 'a\ud800b'],
    ['with 31 marks on a letter', `a${'\u0316\u0301'.repeat(15)}\u0316`],
    ['with marks that are more when they are composed', `a${'\u0344'.repeat(16)}`],
  ];
  for (const [what, given] of bad) {
    test(`may not be ${what}`, () => {
      expect(parse(given).success).toBe(false);
    });
  }

  test('has at most 64 code points, of whatever size, counted when composed', () => {
    for (const one of ['a', '한', '😀', '한'.normalize('NFD')]) {
      expect(parse(one.repeat(64)).success).toBe(true);
      expect(parse(one.repeat(65)).success).toBe(false);
    }
    expect(parse(` ${'a'.repeat(64)} `).success).toBe(true);
    expect(parse('a'.repeat(1_000_000)).success).toBe(false);
  });

  test('is the same when it is given again', () => {
    void fc.assert(
      fc.property(anyText, (text) => {
        const once = parse(text);
        if (once.success) expect(parse(once.data)).toEqual(once);
      }),
    );
  });
});

test('[LIMIT7] a text of several lines is refused before marks without end are brought into their order', () => {
  const description = blockText(1_000);
  const piled = 'a'.repeat(900) + '\u0301\u0316'.repeat(50);
  expect(description.safeParse(piled).error?.issues).toMatchObject([
    { message: 'must not pile more than 30 marks on a letter' },
  ]);
  // Nor is one that is too long looked at.
  expect(description.safeParse('\u0301\u0316'.repeat(500_000)).error?.issues).toMatchObject([
    { code: 'too_big' },
  ]);
  expect(description.safeParse('e\u0301\n'.repeat(400)).success).toBe(true);
});
