import { clustersOf, drawn } from '../text/clusters.ts';
import type { Line } from '../view/span.ts';
import { type Colours, sgrOf } from './theme.ts';

/** What the screen is to show. `cursor` counts from 0; without it there is none. */
export interface Picture {
  readonly rows: readonly Line[];
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

/** A character on the screen, and how it looks: SGR parameters. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly sgr: string;
}

/** Last of all: whatever the views were given, no control character passes here. */
const CONTROLS = /\p{Cc}/gu;
/** Where terminals agree how wide it is: ASCII, Latin-1, rules, kana, ideographs, Hangul. */
const AGREED =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u00ff\u2500-\u257f\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3]$/;

/**
 * Turns pictures into what the terminal has to be sent: the parts of rows that differ from those it shows. Nothing is
 * cleared before it is drawn, so that nothing flickers, and a key costs a few dozen bytes on a slow line.
 */
export class Painter {
  readonly #colours: Colours;
  #shown: readonly (readonly Cell[])[] = [];
  #cursor = '';

  constructor(colours: Colours) {
    this.#colours = colours;
  }

  /** The terminal shows something else: the next picture is drawn whole. */
  forget(): void {
    this.#shown = [];
    this.#cursor = '';
  }

  /** The bytes for the next picture; `''` if it is the one that is there. */
  paint({ rows, cursor }: Picture): string {
    const next = rows.map((row) => cellsOf(row, this.#colours));
    const changed = next.map((cells, row) => drawRow(cells, this.#shown[row], row)).join('');
    const ending = cursor === undefined ? '\x1b[?25l' : `${place(cursor.row, cursor.column)}\x1b[?25h`;
    if (changed === '' && ending === this.#cursor) return '';
    this.#shown = next;
    this.#cursor = ending;
    // Between these two a terminal that knows them shows nothing half done (mode 2026); others ignore them.
    return changed === '' ? ending : `\x1b[?2026h\x1b[?25l${changed}${ending}\x1b[?2026l`;
  }
}

function cellsOf(row: Line, colours: Colours): Cell[] {
  return row.flatMap(({ text, style, reverse, font }) => {
    const sgr = sgrOf(colours, style, reverse === true, font);
    const clusters = clustersOf(text.replace(CONTROLS, '\ufffd'));
    return clusters.map((cluster) => ({ text: drawn(cluster), width: cluster.width, sgr }));
  });
}

/** What has to be sent so that a row shows these cells, in the place of those before. */
function drawRow(cells: readonly Cell[], before: readonly Cell[] = [], row: number): string {
  let from = 0;
  while (from < cells.length && isSame(cells[from], before[from])) from++;
  if (from === cells.length && from === before.length) return '';
  // Where terminals count otherwise, what stood there may stick out: the row is erased first. Never behind it, as at the
  // edge the cursor stands on the last column.
  const uneven = cells.some(isUneven) || before.some(isUneven);
  if (uneven || before.length === 0) return place(row, 0) + (uneven ? '\x1b[K' : '') + encode(cells, 0);
  let end = cells.length;
  let endBefore = before.length;
  while (end > from && endBefore > from && isSame(cells[end - 1], before[endBefore - 1])) {
    end--;
    endBefore--;
  }
  // What follows stands where it stood only if what differs is as wide as before.
  const column = widthOf(cells.slice(0, from));
  const isAsWide = widthOf(cells.slice(from, end)) === widthOf(before.slice(from, endBefore));
  return place(row, column) + encode(cells.slice(from, isAsWide ? end : cells.length), column);
}

function isSame(one: Cell | undefined, other: Cell | undefined): boolean {
  return one?.text === other?.text && one?.sgr === other?.sgr;
}

function isUneven({ text }: Cell): boolean {
  return !AGREED.test(text);
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function place(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}

/**
 * Cells in one row, beginning at a column. Terminals don't agree how wide emoji families, flags and marks are: behind each
 * such cluster the cursor is put where it belongs, so that a terminal with another opinion spoils that cluster and not
 * the row.
 */
function encode(cells: readonly Cell[], column: number): string {
  let encoded = '';
  let at = column;
  let style = '';
  for (const cell of cells) {
    if (cell.sgr !== style) {
      encoded += cell.sgr === '' ? '\x1b[0m' : `\x1b[0;${cell.sgr}m`;
      style = cell.sgr;
    }
    encoded += cell.text;
    at += cell.width;
    if (isUneven(cell)) encoded += `\x1b[${at + 1}G`;
  }
  return style === '' ? encoded : `${encoded}\x1b[0m`;
}
