import { describe, expect, test } from 'bun:test';
import { checkText } from './text-checks.ts';

const codeOf = (text: string, charsMax = 10) => checkText(text, charsMax)?.code;

describe('checkText', () => {
  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['tabs and line ends', '\t\r\n\v\f'],
    ['Unicode white space', '\u0085\u00a0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\ufeff\u2060'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['soft hyphens and variation selectors', '\u00ad\ufe0f\u{e0100}'],
    ['bidi marks', '\u200e\u200f\u061c'],
    ['blank Braille', '\u2800'],
    ['controls', '\u0001\u007f'],
  ])('[LIMIT2] a text of %s is empty', (_what, text) => {
    expect(codeOf(text, 100)).toBe('message-empty');
  });

  test.each([
    ['a letter between blanks', ' \u200bx\u3000'],
    ['one Hangul syllable', '가'],
    ['a lone jamo', 'ㅋ'],
    ['right-to-left', 'سلام'],
    ['a family of emoji', '👨‍👩‍👧‍👦'],
    ['a heart with its variation selector', '❤\ufe0f'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a combining mark', '\u0301'],
    ['punctuation', '.'],
  ])('[LIMIT2] %s is a text', (_what, text) => {
    expect(checkText(text, 100)).toBeUndefined();
  });

  test.each([
    ['a high surrogate at the end', 'x\ud83d'],
    ['a low surrogate', '\ude00x'],
    ['two high surrogates', '\ud83d\ud83d\ude00'],
    ['NUL', 'x\0y'],
  ])('[LIMIT2] %s makes a text malformed', (_what, text) => {
    expect(codeOf(text)).toBe('text-malformed');
  });

  test.each([
    ['letters', 'x'],
    ['Hangul', '마'],
    ['emoji', '😀'],
    ['right-to-left', 'ش'],
  ])(
    '[LIMIT2] %s are counted in code points: so many as are allowed, and not one more',
    (_what, character) => {
      expect(checkText(character.repeat(10), 10)).toBeUndefined();
      expect(checkText(character.repeat(11), 10)).toMatchObject({
        code: 'message-too-long',
        limit: { name: 'MESSAGE_CHARS_MAX', value: 10 },
        given: 11,
      });
    },
  );

  test('[PRIV6] what is wrong is told without quoting the text', () => {
    for (const text of ['secret\ud83d', 'secret\0', 'secret'.repeat(10)]) {
      expect(JSON.stringify(checkText(text, 10))).not.toContain('secret');
    }
  });
});
