import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { type Line, type Style, span } from './span.ts';

/** A line across, with words in its middle. */
export function rule(words: string, width: number, style: Style): Line {
  const label = words === '' ? '' : ` ${truncate(words, Math.max(0, width - 4))} `;
  const left = Math.max(0, Math.floor((width - widthOf(label)) / 2));
  const right = Math.max(0, width - left - widthOf(label));
  return [span('─'.repeat(left), 'dim'), span(label, style), span('─'.repeat(right), 'dim')];
}

/** A line across, with words at its beginning and its end. */
export function ruleWith(left: Line, right: Line, width: number): Line {
  const taken = [...left, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...left, span('─'.repeat(Math.max(0, width - taken)), 'dim'), ...right];
}
