import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import {
  type Composer,
  composerRows,
  EMPTY,
  erase,
  insert,
  type Move,
  move,
  moveRow,
  withText,
  yank,
} from './composer.ts';

/** A text with its cursor as `|`. */
const at = (marked: string): Composer => {
  const cursor = marked.indexOf('|');
  return { ...EMPTY, text: marked.replace('|', ''), cursor };
};
const marked = ({ text, cursor }: Composer): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

describe('moving', () => {
  test.each<[Move, string, string]>([
    ['left', 'ab|', 'a|b'],
    ['left', '|ab', '|ab'],
    ['left', 'a👨‍👩‍👧‍👦|', 'a|👨‍👩‍👧‍👦'],
    ['left', 'e\u0301|x', '|e\u0301x'],
    ['left', '🇰🇷🇯🇵|', '🇰🇷|🇯🇵'],
    ['right', '|한글', '한|글'],
    ['right', '|🏳️‍🌈x', '🏳️‍🌈|x'],
    ['word-left', 'one two|', 'one |two'],
    ['word-left', '안녕, 준!|', '안녕, |준!'],
    ['word-right', '|one two', 'one| two'],
    ['line-start', 'one\ntw|o', 'one\n|two'],
    ['line-end', 'o|ne\ntwo', 'one|\ntwo'],
    ['start', 'one\ntw|o', '|one\ntwo'],
    ['end', 'o|ne\ntwo', 'one\ntwo|'],
  ])('%s from %s', (where, from, to) => expect(marked(move(at(from), where))).toBe(to));
});

describe('writing', () => {
  test('puts in where the cursor is, syllable by syllable', () => {
    const written = ['안', '녕', '하'].reduce(insert, at('<|>'));
    expect(marked(written)).toBe('<안녕하|>');
  });

  test('takes back whole characters', () => {
    expect(marked(erase(at('한👩‍👧|x'), 'left'))).toBe('한|x');
    expect(marked(erase(at('|👩‍👧x'), 'right'))).toBe('|x');
    expect(marked(erase(at('|'), 'left'))).toBe('|');
  });

  test('keeps what was cut out', () => {
    const cut = erase(at('one two| three'), 'word-left', true);
    expect(marked(cut)).toBe('one | three');
    expect(marked(yank(move(cut, 'end')))).toBe('one  threetwo|');
    expect(erase(cut, 'left').cut).toBe('two');
  });
});

describe('rows', () => {
  test('are counted in columns', () => {
    expect(composerRows(at('안녕|하세요'), 20)).toMatchObject({ row: 0, column: 4 });
    expect(composerRows(at('안녕하세요 여러|분'), 12)).toMatchObject({ row: 1, column: 4 });
    expect(composerRows(at('one\n|'), 12)).toMatchObject({ row: 1, column: 0 });
  });

  test('what was pasted keeps its places, whatever it is', () => {
    expect(composerRows(at('a\t\x1b\u202eb|c'), 20)).toMatchObject({
      rows: [{ text: 'a \ufffd\ufffdbc' }],
      column: 5,
    });
  });

  test('a cursor behind a full row has its place', () => {
    expect(composerRows(at('abcd|'), 4)).toMatchObject({ row: 0, column: 3 });
    expect(composerRows(at('ab  |'), 3)).toMatchObject({ row: 0, column: 2 });
  });

  test.each<[-1 | 1, string, string | undefined]>([
    [-1, 'one\ntwo|', 'one|\ntwo'],
    [-1, 'on|e', undefined],
    [1, 'on|e\n한글', 'one\n한|글'],
    [1, 'one|', undefined],
    [1, 'o|ne\n', 'one\n|'],
  ])('%d from %s', (by, from, to) => {
    const moved = moveRow(at(from), by, 20);
    expect(moved === undefined ? undefined : marked(moved)).toBe(to);
  });

  test('every cursor is in a row, and moving up or down moves by one', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '가', '👩‍👧', '\n', 'bcd'), maxLength: 30 });
    await fc.assert(
      fc.property(
        text,
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom<-1 | 1>(-1, 1),
        (written, width, by) => {
          let composer = withText(written);
          for (let step = 0; step < 40; step++) {
            const { rows, row, column } = composerRows(composer, width);
            expect(column).toBeLessThan(width);
            const moved = moveRow(composer, by, width);
            if (moved !== undefined) expect(composerRows(moved, width).row).toBe(row + by);
            else expect(row).toBe(by === 1 ? rows.length - 1 : 0);
            composer = move(composer, 'left');
          }
          expect(composer.cursor).toBe(0);
        },
      ),
    );
  });
});
