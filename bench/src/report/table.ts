import type { ResultRow } from '../result-row.ts';
import { formatNumber } from './format-number.ts';

const HEADINGS = ['scenario', 'metric', 'value', 'unit', 'target', 'reference', 'met'];
const RIGHT_ALIGNED = new Set([2, 4, 5]);

/** The rows as a table in plain text that is Markdown, too; notes follow below it. */
export function renderTable(rows: readonly ResultRow[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => line(row, widths));
  const rule = `|${widths
    .map((width, column) => (RIGHT_ALIGNED.has(column) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2)))
    .join('|')}|`;
  const notes = rows
    .filter(({ note }) => note !== undefined)
    .map(({ scenario, metric, note }) => `- ${scenario}, ${metric}: ${note}`);
  return [lines[0], rule, ...lines.slice(1), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function line(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, column) => {
    const text = row[column] ?? '';
    return RIGHT_ALIGNED.has(column) ? text.padStart(width) : text.padEnd(width);
  });
  return `| ${cells.join(' | ')} |`;
}

function cellsOf({ scenario, metric, value, unit, target, bound, reference, met }: ResultRow): string[] {
  return [
    scenario,
    metric,
    value === null ? '–' : formatNumber(value),
    unit,
    target === null ? '' : `${bound === 'at most' ? '≤' : '≥'} ${formatNumber(target)}`,
    reference === null ? '' : formatNumber(reference),
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}
