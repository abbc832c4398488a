import { clustersOf } from '../text/clusters.ts';
import type { Line } from '../view/span.ts';
import { type Colours, sgrOf } from './theme.ts';

/** What the screen is to show. `cursor` counts from 0; without it there is none. */
export interface Picture {
  readonly rows: readonly Line[];
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

/** Last of all: whatever the views were given, no control character passes here. */
const CONTROLS = /\p{Cc}/gu;
/** Where terminals agree how wide it is: ASCII, Latin-1, rules, kana, ideographs, Hangul. */
const AGREED =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u00ff\u2500-\u257f\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3]$/;

/** The cursor is put somewhere. */
const UNEVEN = /\[\d+G/;

/**
 * Turns pictures into what the terminal has to be sent: the rows that differ from those it shows. Nothing is cleared
 * before it is drawn, so that nothing flickers, and a key costs a few dozen bytes on a slow line.
 */
export class Painter {
  readonly #colours: Colours;
  #shown: string[] = [];
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
    const encoded = rows.map((row) => encodeRow(row, this.#colours));
    let changed = '';
    for (const [index, row] of encoded.entries()) {
      if (row === this.#shown[index]) continue;
      // Rows are as wide as the screen, so that they cover what stood there, unless the terminal counts otherwise. Never
      // after them: at the edge the cursor stands on the last column, which would be erased.
      const erase = isUneven(row) || isUneven(this.#shown[index] ?? '') ? '\x1b[K' : '';
      changed += `\x1b[${index + 1};1H${erase}${row}\x1b[0m`;
    }
    const place =
      cursor === undefined ? '\x1b[?25l' : `\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h`;
    if (changed === '' && place === this.#cursor) return '';
    this.#shown = encoded;
    this.#cursor = place;
    // Between these two a terminal that knows them shows nothing half done (mode 2026); others ignore them.
    return changed === '' ? place : `\x1b[?2026h\x1b[?25l${changed}${place}\x1b[?2026l`;
  }
}

/** Whether there is something in an encoded row of which terminals disagree. */
function isUneven(row: string): boolean {
  return UNEVEN.test(row);
}

/**
 * One row. Terminals don't agree how wide emoji families, flags and marks are: behind each such cluster the cursor is
 * put where it belongs, so that a terminal with another opinion spoils that cluster and not the row.
 */
export function encodeRow(row: Line, colours: Colours): string {
  let encoded = '';
  let column = 0;
  let style = '';
  for (const { text, style: name, reverse } of row) {
    const sgr = sgrOf(colours, name, reverse === true);
    if (sgr !== style) {
      encoded += sgr === '' ? '\x1b[0m' : `\x1b[0;${sgr}m`;
      style = sgr;
    }
    for (const cluster of clustersOf(text.replace(CONTROLS, '\ufffd'))) {
      encoded += cluster.text;
      column += cluster.width;
      if (!AGREED.test(cluster.text)) encoded += `\x1b[${column + 1}G`;
    }
  }
  return encoded;
}
