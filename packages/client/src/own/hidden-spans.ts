import { type HiddenSpans, limits, type Seq } from '@maru/protocol';

/**
 * All numbers of both, as spans that rise with something between them. Of more than `HIDDEN_SPANS_MAX` the oldest become
 * one, with what lies between them.
 */
export function spansWith(spans: HiddenSpans, more: HiddenSpans): HiddenSpans {
  const sorted = [...spans, ...more].sort(([a], [b]) => a - b);
  const merged: [Seq, Seq][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) {
      if (to > last[1]) last[1] = to;
    } else merged.push([from, to]);
  }
  const excess = merged.length - limits.HIDDEN_SPANS_MAX;
  const [oldest, newestOfOld] = [merged[0], merged[excess]];
  if (excess <= 0 || oldest === undefined || newestOfOld === undefined) return merged;
  return [[oldest[0], newestOfOld[1]], ...merged.slice(excess + 1)];
}

/** Each number as a span of its own. */
export function spansOf(numbers: readonly Seq[]): HiddenSpans {
  return spansWith(
    [],
    numbers.map((seq): [Seq, Seq] => [seq, seq]),
  );
}

/** Whether a number lies in one of the spans. */
export function isIn(spans: HiddenSpans, seq: number): boolean {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = spans[middle] as [Seq, Seq];
    if (seq < from) high = middle - 1;
    else if (seq > to) low = middle + 1;
    else return true;
  }
  return false;
}
