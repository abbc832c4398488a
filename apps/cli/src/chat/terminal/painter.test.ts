import { describe, expect, test } from 'bun:test';
import { type Line, span } from '../view/span.ts';
import { encodeRow, Painter } from './painter.ts';
import { coloursOf } from './theme.ts';

const ESC = '\x1b';
const picture = (...rows: readonly Line[]) => ({ rows, cursor: { row: 0, column: 2 } });

describe('what the terminal is sent', () => {
  test('is nothing where nothing changed, and only the rows that did', () => {
    const painter = new Painter('none');
    expect(painter.paint(picture([span('one')], [span('two')]))).toContain('one');
    expect(painter.paint(picture([span('one')], [span('two')]))).toBe('');
    const changed = painter.paint(picture([span('one')], [span('too')]));
    expect(changed).toContain('\x1b[2;1Htoo');
    expect(changed).not.toContain('one');
    painter.forget();
    expect(painter.paint(picture([span('one')], [span('too')]))).toContain('one');
  });

  test('is a cursor alone where only that has moved', () => {
    const painter = new Painter('none');
    const rows = [[span('one')]];
    painter.paint({ rows, cursor: { row: 0, column: 0 } });
    expect(painter.paint({ rows, cursor: { row: 0, column: 1 } })).toBe('\x1b[1;2H\x1b[?25h');
    expect(painter.paint({ rows, cursor: undefined })).toBe('\x1b[?25l');
  });

  test('puts the cursor behind every cluster of which terminals disagree', () => {
    expect(encodeRow([span('한👨‍👩‍👧e\u0301x')], 'none')).toBe('한👨‍👩‍👧\x1b[5Ge\u0301\x1b[6Gx');
  });

  test('erases nothing behind a row, as its last column would be lost, but before it where widths differ', () => {
    const painter = new Painter('none');
    expect(painter.paint(picture([span('abc')]))).not.toContain(`${ESC}[K`);
    expect(painter.paint(picture([span('👨‍👩‍👧b')]))).toContain(`${ESC}[1;1H${ESC}[K👨‍👩‍👧`);
    expect(painter.paint(picture([span('abc')]))).toContain(`${ESC}[1;1H${ESC}[Kabc`);
  });

  test('never has a control character of a text in it', () => {
    const row = encodeRow([span('a\x1b]0;x\x07\x9b2J\nb', 'strong')], 'sixteen');
    const own = new RegExp(`${ESC}\\[(0;1m|\\d+G)`, 'g');
    expect(row.replaceAll(own, '')).toBe('a\ufffd]0;x\ufffd\ufffd2J\ufffdb');
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

  test('none leaves weight and light only', () => {
    const row: Line = [span('a', 'name0'), span('b', 'good'), { ...span('c', 'bad'), reverse: true }];
    expect(encodeRow(row, 'none')).not.toMatch(/[;[][34]\d/);
    expect(encodeRow(row, 'sixteen')).toMatch(/[;[]3\d/);
  });
});
