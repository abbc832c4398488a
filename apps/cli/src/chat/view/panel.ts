import type { Panel } from '../state/ui.ts';
import { shownLines } from '../text/shown-text.ts';
import { wrapLine } from '../text/wrap.ts';
import { rule } from './rule.ts';
import { type Line, span } from './span.ts';

/** Columns from which on what is broken in the help goes on below where it began. */
const INDENTED_COLUMNS_MIN = 56;
/** Behind what is explained, and the space after it. */
const HELP_INDENT = 25;

let known: { text: string; columns: number; rows: readonly string[] } | undefined;

/** A panel's text in rows. A long one is broken once, and not again for each look at it. */
export function panelRows({ kind, text, parted }: Panel, width: number): readonly string[] {
  if (kind === 'links') return shownLines(text).flatMap((line) => linkRows(line, width, parted));
  const columns = Math.max(2, width - 2);
  if (known?.text !== text || known.columns !== columns) {
    const indent = kind === 'help' && columns >= INDENTED_COLUMNS_MIN ? HELP_INDENT : 0;
    known = { text, columns, rows: shownLines(text).flatMap((line) => hang(line, columns, indent)) };
  }
  return known.rows;
}

/** A link has whole rows from edge to edge, so that little of it is parted, and it can be selected. */
function linkRows(line: string, width: number, parted: string | undefined): string[] {
  const isLink = line !== '' && !line.includes(' ');
  const rows = wrapLine(line, Math.max(2, isLink ? width : width - 2)).map((row) => row.text);
  if (!isLink || rows.length === 1 || parted === undefined) return rows;
  return [...rows, ...wrapLine(parted, Math.max(2, width - 2)).map((row) => row.text)];
}

/** Breaks a line whose further rows begin `indent` columns from the left. */
function hang(line: string, columns: number, indent: number): string[] {
  const [first, ...rest] = wrapLine(line, columns);
  if (first === undefined || rest.length === 0 || indent === 0)
    return wrapLine(line, columns).map(({ text }) => text);
  const further = wrapLine(line.slice(first.end), columns - indent);
  return [first.text, ...further.map(({ text }) => ' '.repeat(indent) + text)];
}

/** A panel: its title, and the rows that fit below it. */
export function panelLines(panel: Panel, width: number, height: number): Line[] {
  const rows = panelRows(panel, width);
  const shown = rows.slice(panel.scroll, panel.scroll + height - 1);
  const more =
    rows.length > height - 1 ? ` ${panel.scroll + 1}–${panel.scroll + shown.length}/${rows.length}` : '';
  const title = rule(panel.title + more, width, 'title');
  const isFlush = (row: string) => panel.kind === 'links' && !row.includes(' ');
  return [title, ...shown.map((row) => (isFlush(row) ? [span(row)] : [span(' '), span(row)]))];
}
