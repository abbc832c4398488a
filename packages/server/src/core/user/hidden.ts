import { type HiddenSpans, hiddenSpans } from '@maru/protocol';

/** The spans of a stored value; none where it was removed. */
export function hiddenSpansOf(value: string | null | undefined): HiddenSpans {
  return value == null ? [] : hiddenSpans.parse(JSON.parse(value));
}

/** The newest message that is hidden; 0: none. */
export function hiddenUpTo(value: string | null): number {
  return hiddenSpansOf(value).at(-1)?.[1] ?? 0;
}
