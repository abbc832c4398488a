import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { printable, printableJson } from './printable.ts';

const COMMANDING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describe('what a terminal is shown', () => {
  test.each([
    ['안녕, 👩‍👩‍👧!', '안녕, 👩‍👩‍👧!'],
    ['a\nb\r\nc', 'a ⏎ b ⏎ c'],
    ['tab\there', 'tab here'],
    ['\u001b[2J\u009b31m', '\ufffd[2J\ufffd31m'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['שלום', 'שלום'],
  ])('%j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('is one line without commands, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !COMMANDING.test(printable(text))));
  });
});

test('JSON is one line without commands, and says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = printableJson({ text });
      return !COMMANDING.test(json) && JSON.parse(json).text === text;
    }),
  );
});
