import type { Panel } from '../state/ui.ts';
import { shownLines } from '../text/shown-text.ts';
import { type WrappedRow, wrapLine } from '../text/wrap.ts';
import { rule } from './rule.ts';
import { type Line, span } from './span.ts';

let known: { text: string; width: number; rows: readonly WrappedRow[] } | undefined;

/** A panel's text in rows. A long one is broken once, and not again for each look at it. */
export function panelRows({ text }: Panel, width: number): readonly WrappedRow[] {
  const columns = Math.max(2, width - 2);
  if (known?.text !== text || known.width !== columns) {
    const rows = shownLines(text).flatMap((line) => wrapLine(line, columns));
    known = { text, width: columns, rows };
  }
  return known.rows;
}

/** A panel: its title, and the rows that fit below it. */
export function panelLines(panel: Panel, width: number, height: number): Line[] {
  const rows = panelRows(panel, width);
  const shown = rows.slice(panel.scroll, panel.scroll + height - 1);
  const more =
    rows.length > height - 1 ? ` ${panel.scroll + 1}–${panel.scroll + shown.length}/${rows.length}` : '';
  const title = rule(panel.title + more, width, 'title');
  return [title, ...shown.map((row) => [span(' '), span(row.text)])];
}
