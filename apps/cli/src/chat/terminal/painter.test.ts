import { describe, expect, test } from 'bun:test';
import { type Line, span } from '../view/span.ts';
import { Painter } from './painter.ts';
import { coloursOf } from './theme.ts';

const ESC = '\x1b';
const BEGIN = `${ESC}[?2026h${ESC}[?25l`;
const END = `${ESC}[1;3H${ESC}[?25h${ESC}[?2026l`;
const picture = (...rows: readonly Line[]) => ({ rows, cursor: { row: 0, column: 2 } });

/** What is sent when one row follows another. */
function sent(before: Line, after: Line, colours: 'none' | 'sixteen' = 'none'): string {
  const painter = new Painter(colours);
  painter.paint(picture(before));
  const bytes = painter.paint(picture(after));
  return bytes === '' ? '' : bytes.slice(BEGIN.length, -END.length);
}

describe('what the terminal is sent', () => {
  test('is nothing where nothing changed, and all of it when the screen is another', () => {
    const painter = new Painter('none');
    const rows = [[span('one')], [span('two')]];
    expect(painter.paint(picture(...rows))).toBe(`${BEGIN}${ESC}[1;1Hone${ESC}[2;1Htwo${END}`);
    expect(painter.paint(picture(...rows))).toBe('');
    painter.forget();
    expect(painter.paint(picture(...rows))).toContain(`${ESC}[1;1Hone${ESC}[2;1Htwo`);
  });

  test.each([
    ['one character', 'one two', 'one too', `${ESC}[1;6Ho`],
    ['the end', 'one   ', 'one 둘 ', `${ESC}[1;5H둘 `],
    ['the middle, as wide', 'a안녕b', 'a하녕b', `${ESC}[1;2H하`],
    ['two for one of two', 'a안b ', 'axyb ', `${ESC}[1;2Hxy`],
    ['what is wider', 'a b c', 'a한b ', `${ESC}[1;2H한b `],
  ])('is only what differs: %s', (_what, before, after, expected) => {
    expect(sent([span(before)], [span(after)])).toBe(expected);
  });

  test('is a cursor alone where only that has moved', () => {
    const painter = new Painter('none');
    const rows = [[span('one')]];
    painter.paint({ rows, cursor: { row: 0, column: 0 } });
    expect(painter.paint({ rows, cursor: { row: 0, column: 1 } })).toBe(`${ESC}[1;2H${ESC}[?25h`);
    expect(painter.paint({ rows, cursor: undefined })).toBe(`${ESC}[?25l`);
  });

  test('puts the cursor behind every cluster of which terminals disagree, and erases what may stick out', () => {
    const family = '한👨‍👩‍👧e\u0301x';
    expect(sent([span('abcdef')], [span(family)])).toBe(
      `${ESC}[1;1H${ESC}[K한👨‍👩‍👧${ESC}[5Ge\u0301${ESC}[6Gx`,
    );
    expect(sent([span(family)], [span('abcdef')])).toBe(`${ESC}[1;1H${ESC}[Kabcdef`);
  });

  test('never has a control character of a text in it', () => {
    const row = sent([], [span('a\x1b]0;x\x07\x9b2J\nb', 'strong')]);
    expect(row.replaceAll(new RegExp(`${ESC}\\[(1;1H|K|0m|0;1m|\\d+G)`, 'g'), '')).toBe(
      'a\ufffd]0;x\ufffd\ufffd2J\ufffdb',
    );
  });

  test('has colours, or weight and light only', () => {
    const row: Line = [span('a', 'name0'), span('b', 'good'), { ...span('c', 'bad'), reverse: true }];
    expect(sent([], row, 'none')).toBe(`${ESC}[1;1H${ESC}[0;1mab${ESC}[0;1;7mc${ESC}[0m`);
    expect(sent([], row, 'sixteen')).toBe(`${ESC}[1;1H${ESC}[0;1;36ma${ESC}[0;32mb${ESC}[0;31;7mc${ESC}[0m`);
  });
});

describe('colours', () => {
  test.each([
    [{ TERM: 'xterm-256color' }, 'sixteen'],
    [{ TERM: 'linux' }, 'sixteen'],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'none'],
    [{ TERM: 'xterm', NO_COLOR: '' }, 'sixteen'],
    [{ TERM: 'vt100' }, 'none'],
    [{ TERM: 'xterm-mono' }, 'none'],
  ] as const)('%j: %s', (environment, expected) => expect(coloursOf(environment)).toBe(expected));
});
