import { clustersOf } from '../text/clusters.ts';
import { shownInPlace } from '../text/shown-text.ts';
import { type WrappedRow, wrapText } from '../text/wrap.ts';

/** A text that is being written, and where in it: between characters, in UTF-16 code units. */
export interface Composer {
  readonly text: string;
  readonly cursor: number;
  /** What was cut out last, to be put in again. */
  readonly cut: string;
}

export const EMPTY: Composer = { text: '', cursor: 0, cut: '' };

/** Code units around the cursor in which the next character is looked for; a longer one is taken in pieces. */
const NEAR_UNITS = 128;
const WORD_BEFORE = /[\p{L}\p{N}\p{M}_]*[^\p{L}\p{N}\p{M}_]*$/u;
const WORD_AFTER = /^[^\p{L}\p{N}\p{M}_]*[\p{L}\p{N}\p{M}_]*/u;

export type Move =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'start'
  | 'end';

export function withText(text: string): Composer {
  return { ...EMPTY, text, cursor: text.length };
}

export function insert(composer: Composer, text: string): Composer {
  const { cursor } = composer;
  const whole = composer.text.slice(0, cursor) + text + composer.text.slice(cursor);
  return { ...composer, text: whole, cursor: cursor + text.length };
}

export function move(composer: Composer, where: Move): Composer {
  return { ...composer, cursor: placeOf(composer, where) };
}

/** Takes out what lies between the cursor and a place; with `keep` it can be put in again. */
export function erase(composer: Composer, where: Move, keep = false): Composer {
  const { text, cursor, cut } = composer;
  const place = placeOf(composer, where);
  const from = Math.min(place, cursor);
  const to = Math.max(place, cursor);
  if (from === to) return composer;
  return {
    text: text.slice(0, from) + text.slice(to),
    cursor: from,
    cut: keep ? text.slice(from, to) : cut,
  };
}

/** Puts in again what was cut out. */
export function yank(composer: Composer): Composer {
  return insert(composer, composer.cut);
}

function placeOf({ text, cursor }: Composer, where: Move): number {
  switch (where) {
    case 'left':
      return cursor - (clustersOf(near(text, cursor, -1)).at(-1)?.text.length ?? 0);
    case 'right':
      return cursor + (clustersOf(near(text, cursor, 1))[0]?.text.length ?? 0);
    case 'word-left':
      return cursor - (WORD_BEFORE.exec(near(text, cursor, -1))?.[0].length ?? 0);
    case 'word-right':
      return cursor + (WORD_AFTER.exec(near(text, cursor, 1))?.[0].length ?? 0);
    case 'line-start':
      return text.lastIndexOf('\n', cursor - 1) + 1;
    case 'line-end': {
      const end = text.indexOf('\n', cursor);
      return end === -1 ? text.length : end;
    }
    case 'start':
      return 0;
    case 'end':
      return text.length;
  }
}

function near(text: string, cursor: number, direction: -1 | 1): string {
  return direction === 1
    ? text.slice(cursor, cursor + NEAR_UNITS)
    : text.slice(Math.max(0, cursor - NEAR_UNITS), cursor);
}

/** The rows that it fills, as they are shown, and the cursor's place in them. */
export interface ComposerRows {
  readonly rows: readonly WrappedRow[];
  readonly row: number;
  readonly column: number;
}

let wrapped: { text: string; width: number; rows: readonly WrappedRow[] } | undefined;

export function composerRows({ text, cursor }: Composer, width: number): ComposerRows {
  // A long text is wrapped once, and not again for each look at it.
  if (wrapped?.text !== text || wrapped.width !== width)
    wrapped = { text, width, rows: wrapText(shownInPlace(text), width) };
  const { rows } = wrapped;
  let row = rows.length - 1;
  // At a break the cursor stands at the beginning of the next row.
  while (row > 0 && (rows[row]?.start ?? 0) > cursor) row--;
  const start = rows[row]?.start ?? 0;
  const before = clustersOf(shownInPlace(text.slice(start, cursor)));
  const column = before.reduce((sum, cluster) => sum + cluster.width, 0);
  return { rows, row, column: Math.min(column, width - 1) };
}

/** One row up or down, as near to the same column as can be; `undefined`: there is none. */
export function moveRow(composer: Composer, by: -1 | 1, width: number): Composer | undefined {
  const { rows, row, column } = composerRows(composer, width);
  const target = rows[row + by];
  if (target === undefined) return undefined;
  let left = column;
  let cursor = target.start;
  for (const cluster of clustersOf(target.text)) {
    if (cluster.width > left) break;
    left -= cluster.width;
    cursor += cluster.text.length;
  }
  // Behind the last character of a row that was broken stands the next row's first.
  const next = rows[row + by + 1];
  if (next !== undefined && next.start === cursor && cursor > target.start) {
    cursor -= clustersOf(target.text).at(-1)?.text.length ?? 0;
  }
  return { ...composer, cursor };
}
