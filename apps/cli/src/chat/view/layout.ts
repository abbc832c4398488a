import { composerRows } from '../composer/composer.ts';
import type { Ui } from '../state/ui.ts';

/** Columns from which on the list stands beside the messages. */
const BOTH_COLUMNS_MIN = 64;
const SIDEBAR_COLUMNS_MIN = 20;
const SIDEBAR_COLUMNS_MAX = 30;
/** Rows from which on there is air between the messages. */
const AIRY_ROWS_MIN = 18;
const COMPOSER_ROWS_MAX = 8;
/** Below this nothing can be shown that is of use. */
const COLUMNS_MIN = 16;
const ROWS_MIN = 6;
/** What stands before the composer's text, and the column that its cursor needs at the end. */
export const PROMPT_COLUMNS = 2;

/** Where everything stands, in rows and columns from 0. */
export interface Layout {
  readonly tooSmall: boolean;
  /** Columns of the list, without the line beside it; 0: it is not there. */
  readonly sidebar: number;
  /** Where messages and composer begin, and how many columns they have; 0: only the list is there. */
  readonly left: number;
  readonly width: number;
  /** The first row of the messages, and how many there are. */
  readonly top: number;
  readonly height: number;
  readonly composer: number;
  readonly airy: boolean;
}

export function layoutOf(ui: Ui): Layout {
  const { columns, rows } = ui;
  // A link has the whole width, so that it stays in one row where it can.
  const both = columns >= BOTH_COLUMNS_MIN && ui.panel?.kind !== 'links';
  const share = Math.floor(columns * 0.28);
  const list = Math.min(SIDEBAR_COLUMNS_MAX, Math.max(SIDEBAR_COLUMNS_MIN, share));
  const sidebar = both ? list : ui.listOnly && ui.panel === undefined ? columns : 0;
  const left = both ? list + 1 : 0;
  const width = columns - left;
  const composerMax = Math.max(1, Math.min(COMPOSER_ROWS_MAX, Math.floor(rows / 3), rows - 5));
  const written = composerRows(ui.composer, composerColumns(width)).rows.length;
  const composer = Math.min(composerMax, written);
  // Title and rule above; rule, composer and the last line below.
  const height = Math.max(1, rows - 2 - 1 - composer - 1);
  const tooSmall = columns < COLUMNS_MIN || rows < ROWS_MIN;
  return { tooSmall, sidebar, left, width, top: 2, height, composer, airy: rows >= AIRY_ROWS_MIN };
}

/** Columns for what is written: one stays free for the cursor behind the last character. */
export function composerColumns(width: number): number {
  return Math.max(2, width - PROMPT_COLUMNS - 1);
}
