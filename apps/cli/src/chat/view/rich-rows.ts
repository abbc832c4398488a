import { widthOf } from '../text/clusters.ts';
import type { RichLine } from '../text/rich-lines.ts';
import { wrapLine } from '../text/wrap.ts';
import { type Line, type Span, span } from './span.ts';

/** Quotes that have a bar of their own: more would leave no room for what is said. */
const BARS_MAX = 3;
const CODE_INDENT = '  ';
const TEXT_COLUMNS_MIN = 4;

/** A line in rows of at most `width` columns: with a bar for each quote, and what is broken behind a list's mark. */
export function richRows({ spans, quotes, isCode, hang }: RichLine, width: number): Line[] {
  const bars = '│ '.repeat(Math.min(quotes, BARS_MAX));
  const sides: Span[] = [...(bars === '' ? [] : [span(bars, 'dim')]), ...(isCode ? [span(CODE_INDENT)] : [])];
  const room = Math.max(TEXT_COLUMNS_MIN, width - bars.length - (isCode ? CODE_INDENT.length : 0));
  const text = spans.map((each) => each.text).join('');
  const indent = room - hang >= TEXT_COLUMNS_MIN * 2 ? hang : 0;
  const [first, ...rest] = wrapLine(text, room);
  if (first === undefined) return [];
  const further =
    indent === 0 || rest.length === 0 ? rest : wrapLine(text.slice(first.end), room - indent, first.end);
  return [first, ...further].map((row, index) => {
    const pieces = cut(spans, row.start, row.start + row.text.length);
    // Of a character with marks without end less is drawn than stands there.
    const isWhole = text.startsWith(row.text, row.start) && widthOf(row.text) === row.width;
    return [
      ...sides,
      ...(index > 0 && indent > 0 ? [span(' '.repeat(indent))] : []),
      ...(isWhole ? pieces : [span(row.text, spans[0]?.style)]),
    ];
  });
}

/** What of these spans lies between two places, in UTF-16 code units. */
function cut(spans: readonly Span[], from: number, to: number): Span[] {
  const pieces: Span[] = [];
  let at = 0;
  for (const each of spans) {
    const text = each.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') pieces.push({ ...each, text });
    at += each.text.length;
  }
  return pieces;
}
