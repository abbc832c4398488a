import type { Translate } from './translator.ts';

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A span of whole seconds as people say it, in the largest unit that it is a whole number of. */
export function timeSpan(seconds: number, t: Translate): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? ['seconds', 1];
  return t(`span.${unit}`, { count: seconds / size });
}
