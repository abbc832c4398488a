import { expect, test } from 'bun:test';
import { shownInline, shownLines } from './shown-text.ts';

test.each([
  ['lines', 'one\ntwo\r\nthree\u2028four', ['one', 'two', 'three', 'four']],
  ['a tab', 'a\tb', ['a    b']],
  ['escape sequences', '\x1b[2J\x1b]0;title\x07', ['\ufffd[2J\ufffd]0;title\ufffd']],
  ['C1 controls', '\x9b31m', ['\ufffd31m']],
  ['overrides of direction', 'a\u202eb\u2067c', ['a\ufffdb\ufffdc']],
  ['half a surrogate', 'a\ud83d', ['a\ufffd']],
  ['loose jamo', '\u1112\u1161\u11ab글', ['한글']],
  ['marks in any order, also beside jamo', '\u1112\u1161a\u0301\u0316', ['하a\u0301\u0316']],
])('%s', (_what, text, lines) => {
  expect(shownLines(text)).toEqual(lines);
  expect(shownInline(text)).toBe(lines.join(' '));
});
