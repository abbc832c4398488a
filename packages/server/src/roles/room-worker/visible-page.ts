import type { Seq } from '@maru/protocol';
import type { VisibleSpan } from '../../core/room/visible-spans.ts';
import type { PageQuery } from '../../ports/rooms.ts';

/** Events `from`–`to`, both included. */
export type SeqRange = readonly [from: number, to: number];

/**
 * Which events a page consists of: at most `limit` that the reader may see, up to `head`, as ranges in rising order; one,
 * unless the reader was away in between. Spans are counted through as if there were nothing between them.
 */
export function visiblePage(spans: readonly VisibleSpan[], head: number, query: PageQuery): SeqRange[] {
  const ranges = clip(spans, head);
  const total = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const { limit, direction } = query;
  const from = query.from ?? (direction === 'newer' ? (1 as Seq) : head);
  let first: number;
  if (direction === 'older') first = upTo(ranges, from) - limit + 1;
  else if (direction === 'newer') first = upTo(ranges, from - 1) + 1;
  else first = Math.min(upTo(ranges, from) - ((limit - 1) >> 1), total - limit + 1);
  const last = direction === 'older' ? upTo(ranges, from) : Math.max(first, 1) + limit - 1;
  return slice(ranges, Math.max(first, 1), Math.min(last, total));
}

function clip(spans: readonly VisibleSpan[], head: number): SeqRange[] {
  const ranges: SeqRange[] = [];
  for (const [from, to] of spans) {
    const end = Math.min(to ?? head, head);
    if (from <= end) ranges.push([from, end]);
  }
  return ranges;
}

/** How many of the events in the ranges lie at or below `seq`. */
function upTo(ranges: readonly SeqRange[], seq: number): number {
  let count = 0;
  for (const [from, to] of ranges) if (from <= seq) count += Math.min(to, seq) - from + 1;
  return count;
}

/** The `first`th to the `last`th of the events in the ranges, counted from 1. */
function slice(ranges: readonly SeqRange[], first: number, last: number): SeqRange[] {
  const page: SeqRange[] = [];
  let before = 0;
  for (const [from, to] of ranges) {
    const start = Math.max(from, from + first - 1 - before);
    const end = Math.min(to, from + last - 1 - before);
    if (start <= end) page.push([start, end]);
    before += to - from + 1;
  }
  return page;
}
