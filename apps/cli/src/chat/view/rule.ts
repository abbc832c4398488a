import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { type Line, lineWidth, type Style, span } from './span.ts';

/** A line across, with words in its middle. */
export function rule(words: string, width: number, style: Style): Line {
  const label = ` ${truncate(words, Math.max(0, width - 4))} `;
  const left = Math.max(0, Math.floor((width - widthOf(label)) / 2));
  const right = Math.max(0, width - left - widthOf(label));
  return [span('─'.repeat(left), 'dim'), span(label, style), span('─'.repeat(right), 'dim')];
}

/** A line across, with words at its beginning and its end. */
export function ruleWith(left: Line, right: Line, width: number): Line {
  const between = Math.max(0, width - lineWidth(left) - lineWidth(right));
  return [...left, span('─'.repeat(between), 'dim'), ...right];
}
