import type { Message } from '@maru/client';
import { shownInline } from '../text/shown-text.ts';
import { type Line, lineWidth, type Span, span } from './span.ts';

/** What people put on a message, in as many rows as it takes; one's own stand out. */
export function reactionLines({ reactions }: Pick<Message, 'reactions'>, columns: number): Line[] {
  const lines: Span[][] = [];
  for (const { reaction, count, mine } of reactions) {
    const chip = span(`${shownInline(reaction)} ${count}`, mine ? 'accent' : 'dim');
    const line = lines.at(-1);
    if (line === undefined || lineWidth(line) + 2 + lineWidth([chip]) > columns) lines.push([chip]);
    else line.push(span('  '), chip);
  }
  return lines;
}

/** The same in words, for a line of its own. */
export function reactionText({ reactions }: Pick<Message, 'reactions'>): string {
  return reactions.map(({ reaction, count }) => `${shownInline(reaction)} ${count}`).join(', ');
}
