import type { Seq } from '@maru/protocol';
import type { VisibleSpan } from './room-record.ts';

/** Whether a member may see the event `seq`. */
export function isVisible(spans: readonly VisibleSpan[], seq: number): boolean {
  return spans.some(([from, to]) => seq >= from && (to === null || seq <= to));
}

/** The first number above `after` that may be seen; `undefined`: none ever. Spans rise. */
export function nextVisible(spans: readonly VisibleSpan[], after: number): number | undefined {
  for (const [from, to] of spans) {
    if (to === null || to > after) return Math.max(from, after + 1);
  }
  return undefined;
}

/** What of the spans lies within `from`–`to`. */
export function clipSpans(spans: readonly VisibleSpan[], from: Seq, to: Seq): VisibleSpan[] {
  return spans.flatMap(([begin, end]): VisibleSpan[] => {
    const [low, high] = [Math.max(begin, from) as Seq, Math.min(end ?? to, to) as Seq];
    return low <= high ? [[low, high]] : [];
  });
}

/** The last number below `before` that may be seen. */
export function previousVisible(spans: readonly VisibleSpan[], before: number): number | undefined {
  for (let i = spans.length - 1; i >= 0; i--) {
    const [from, to] = spans[i] ?? [before, null];
    if (from < before) return Math.min(to ?? before - 1, before - 1);
  }
  return undefined;
}
