import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import type { Input } from './input.ts';
import { KeyParser } from './key-parser.ts';

function keys(...pieces: string[]): string[] {
  const parser = new KeyParser();
  return [...pieces.flatMap((piece) => parser.feed(piece)), ...parser.flush()].map(told);
}

function told(input: Input): string {
  switch (input.kind) {
    case 'text':
    case 'paste':
      return `${input.kind} ${input.text}`;
    case 'key':
      return input.chord;
    case 'press':
      return `press ${input.column},${input.row}`;
    case 'wheel':
      return `wheel ${input.up ? 'up' : 'down'} ${input.column},${input.row}`;
    case 'focus':
      return `focus ${input.focused}`;
  }
}

describe('keys', () => {
  test.each([
    ['text', '안녕 hi', 'text 안녕 hi'],
    ['Enter', '\r', 'enter'],
    ['Ctrl+J', '\n', 'ctrl+j'],
    ['Ctrl+C', '\x03', 'ctrl+c'],
    ['Backspace', '\x7f', 'backspace'],
    ['Backspace of other terminals', '\b', 'backspace'],
    ['Ctrl+Backspace of kitty', '\x1b[127;5u', 'ctrl+backspace'],
    ['Tab', '\t', 'tab'],
    ['Shift+Tab', '\x1b[Z', 'shift+tab'],
    ['Escape', '\x1b', 'escape'],
    ['an arrow', '\x1b[A', 'up'],
    ['an arrow in application mode', '\x1bOB', 'down'],
    ['Ctrl+Left', '\x1b[1;5D', 'ctrl+left'],
    ['Ctrl+Shift+Right', '\x1b[1;6C', 'ctrl+shift+right'],
    ['Home and End', '\x1b[H', 'home'],
    ['Home of the Linux console', '\x1b[1~', 'home'],
    ['Page Up', '\x1b[5~', 'pageup'],
    ['Delete', '\x1b[3~', 'delete'],
    ['Alt+Enter', '\x1b\r', 'alt+enter'],
    ['Alt+letter', '\x1bb', 'alt+b'],
    ['Alt+Shift+letter', '\x1bB', 'alt+shift+b'],
    ['Alt+Hangul', '\x1bㅊ', 'alt+ㅊ'],
    ['Alt+Backspace', '\x1b\x7f', 'alt+backspace'],
    ['Alt+[', '\x1b[', 'alt+['],
    ['Shift+Enter of kitty', '\x1b[13;2u', 'shift+enter'],
    ['Shift+Enter of xterm', '\x1b[27;2;13~', 'shift+enter'],
    ['Ctrl+C of kitty', '\x1b[99;5u', 'ctrl+c'],
    ['Ctrl+C of kitty with a Korean layout', '\x1b[12618::99;5u', 'ctrl+c'],
    ['Escape of kitty', '\x1b[27u', 'escape'],
    ['a letter of kitty', '\x1b[97;2u', 'text A'],
    ['gaining focus', '\x1b[I', 'focus true'],
    ['losing focus', '\x1b[O', 'focus false'],
    ['a click', '\x1b[<0;5;3M', 'press 4,2'],
    ['the wheel', '\x1b[<65;5;3M', 'wheel down 4,2'],
  ])('%s', (_what, sent, expected) => expect(keys(sent)).toEqual([expected]));

  test.each([
    ['letting go of a button', '\x1b[<0;5;3m'],
    ['moving the mouse', '\x1b[<35;5;3M'],
    ['an answer to a question that nobody put', '\x1b[?62;22c'],
    ['a key that is not known', '\x1b[99~'],
    ['C1 controls', '\x9b'],
  ])('%s is nothing', (_what, sent) => expect(keys(sent)).toEqual([]));

  test('come one by one out of what came at once', () => {
    expect(keys('a\x1b[A가\rb')).toEqual(['text a', 'up', 'text 가', 'enter', 'text b']);
    expect(keys('\x1b\x1b[A')).toEqual(['escape', 'up']);
  });
});

describe('a paste', () => {
  test('is one, with its line ends, whatever stands in it', () => {
    expect(keys('x\x1b[200~one\r\ntwo\rthree\x1b[A\x1b[201~y')).toEqual([
      'text x',
      'paste one\ntwo\nthree\x1b[A',
      'text y',
    ]);
  });

  test('of much more than a message is cut off, and ends', () => {
    const parser = new KeyParser();
    parser.feed('\x1b[200~');
    for (let piece = 0; piece < 30; piece++) parser.feed('x'.repeat(100_000));
    const [paste, after] = parser.feed('\x1b[201~y');
    expect(paste?.kind === 'paste' ? paste.text.length : 0).toBe(1_000_000);
    expect(after).toEqual({ kind: 'text', text: 'y' });
  });
});

test('input that is cut anywhere gives the same keys', async () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      '한',
      '\r',
      '\x1b[A',
      '\x1b[1;5D',
      '\x1bOH',
      '\x1b[<64;10;20M',
      '\x1b[200~p\r\nq\x1b[201~',
      '\x1b[13;2u',
    ],
  );
  await fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(60), { maxLength: 8 }), (pieces, cuts) => {
      const sent = pieces.join('');
      const parts = [...new Set(cuts)].sort((a, b) => a - b);
      const cut = [...parts, sent.length].map((to, index) => sent.slice(parts[index - 1] ?? 0, to));
      const one = (all: readonly string[]) => all.join('|').replaceAll('|text ', '');
      expect(one(keys(...cut))).toBe(one(keys(sent)));
    }),
  );
});
