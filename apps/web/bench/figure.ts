/** What was measured, against what it must reach. */
export interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: 'KB' | 'ms' | 'tasks' | '%' | 'points' | 's' | 'rows';
  /** What it must reach: at most, or at least. Absent: it stands there to be known. */
  readonly target?: { readonly most: number } | { readonly least: number };
  /** The same of something that does nothing else, in the same unit: what the browser and the machine take for themselves. */
  readonly reference?: { readonly of: string; readonly value: number };
  /** What the value does not say by itself. */
  readonly note?: string;
}

/** A figure that could not be taken. */
export interface Failure {
  readonly metric: string;
  readonly failed: string;
}

export type Row = Figure | Failure;

export function isMet(row: Row): boolean {
  if ('failed' in row) return false;
  const { value, target } = row;
  if (target === undefined) return true;
  return 'most' in target ? value <= target.most : value >= target.least;
}

/** A row as a line, for people. */
export function lineOf(row: Row): string {
  const mark = isMet(row) ? ('target' in row ? '✓' : ' ') : '✗';
  const metric = row.metric.padEnd(METRIC_CHARS);
  if ('failed' in row) return `${mark} ${metric} not measured: ${row.failed}`;
  const { value, unit, target, reference, note } = row;
  const shown = `${value.toFixed(1)} ${unit}`.padStart(13);
  const wanted = target === undefined ? '' : 'most' in target ? `≤ ${target.most}` : `≥ ${target.least}`;
  const beside = reference === undefined ? '' : `  ${reference.of}: ${reference.value.toFixed(1)} ${unit}`;
  return `${mark} ${metric} ${shown}  ${wanted.padEnd(7)}${beside}${note === undefined ? '' : `  ${note}`}`.trimEnd();
}

/** The longest name of a metric. */
const METRIC_CHARS = 38;

/** The value that so large a share of them does not pass; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
