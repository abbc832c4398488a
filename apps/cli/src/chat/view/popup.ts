import type { Completion } from '../state/completion.ts';
import { widthOf } from '../text/clusters.ts';
import { fitText } from '../text/fit-text.ts';
import { shownInline } from '../text/shown-text.ts';
import { type Line, reversed, span } from './span.ts';

const ROWS_MAX = 8;

/** What is offered to be put in, around the one that is chosen. */
export function popupLines({ items, index }: Completion, width: number, height: number): Line[] {
  if (height < 2) return [];
  const rows = Math.min(ROWS_MAX, items.length, height - 1);
  const first = Math.max(0, Math.min(index - Math.floor(rows / 2), items.length - rows));
  const shown = items.slice(first, first + rows);
  const labels = Math.min(Math.floor(width * 0.6), Math.max(...shown.map(({ label }) => widthOf(label))) + 2);
  const lines = shown.map(({ label, detail }, at) => {
    const details = Math.max(0, width - labels - 3);
    const line: Line = [
      span(' '),
      span(fitText(shownInline(label), labels), 'strong'),
      span(` ${fitText(shownInline(detail), details)} `, 'dim'),
    ];
    return at + first === index ? reversed(line) : line;
  });
  return [[span('─'.repeat(width), 'dim')], ...lines];
}
