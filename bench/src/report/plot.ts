import type { ResultRow } from '../result-row.ts';
import { formatNumber } from './format-number.ts';

/** A row that has a target and a value. */
interface Bar {
  readonly label: string;
  readonly figures: string;
  readonly met: boolean;
  /** How many times better than the target: 1 is just met. */
  readonly score: number;
  /** Where the reference stands on the same scale. */
  readonly reference: number | undefined;
}

const BAR_HEIGHT = 18;
const ROW_HEIGHT = 42;
const LEFT = 24;
const PLOT_WIDTH = 640;
const WIDTH = LEFT * 2 + PLOT_WIDTH;
const TOP = 86;
/** The scale is logarithmic, from a tenth of the target to a hundred times it. */
const SCORE_MIN = 0.1;
const SCORE_MAX = 100;
const TICKS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 100];

/** The rows with a target as bars: how far each is from its target, and where its reference stands. An SVG document. */
export function renderPlot(rows: readonly ResultRow[], title: string): string {
  const bars = rows.flatMap(barOf);
  const height = TOP + Math.max(1, bars.length) * ROW_HEIGHT + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(LEFT, 26, escapeXml(title), 'font-size="16" font-weight="600" fill="#1a1a1a"'),
    text(
      LEFT,
      46,
      'Times better than the target (log scale): right of the line is met; the diamond is the reference.',
      'fill="#555555"',
    ),
    ...TICKS.flatMap((tick) => renderTick(tick, height)),
    ...bars.flatMap((bar, index) => renderBar(bar, TOP + index * ROW_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

function barOf({ scenario, metric, value, unit, target, bound, met, reference }: ResultRow): Bar[] {
  if (value === null || target === null || met === null) return [];
  const score = (figure: number) => (bound === 'at most' ? target / figure : figure / target);
  const sign = bound === 'at most' ? '≤' : '≥';
  return [
    {
      label: `${scenario}: ${metric}`,
      figures: `${formatNumber(value)} ${unit} (${sign} ${formatNumber(target)})`,
      met,
      score: score(value),
      reference: reference === null ? undefined : score(reference),
    },
  ];
}

function xOf(score: number): number {
  const clamped = Math.min(SCORE_MAX, Math.max(SCORE_MIN, score));
  const fraction = Math.log(clamped / SCORE_MIN) / Math.log(SCORE_MAX / SCORE_MIN);
  return Math.round((LEFT + fraction * PLOT_WIDTH) * 10) / 10;
}

function renderTick(tick: number, height: number): string[] {
  const x = xOf(tick);
  const stroke = tick === 1 ? 'stroke="#1a1a1a" stroke-width="1.5"' : 'stroke="#dddddd"';
  return [
    `<line x1="${x}" y1="${TOP - 12}" x2="${x}" y2="${height - 24}" ${stroke}/>`,
    text(x, TOP - 18, `${tick}×`, 'text-anchor="middle" fill="#555555"'),
  ];
}

function renderBar({ label, figures, met, score, reference }: Bar, y: number): string[] {
  const from = Math.min(xOf(1), xOf(score));
  const width = Math.max(1.5, Math.abs(xOf(score) - xOf(1)));
  const fill = met ? '#2a7f62' : '#c2452d';
  const shapes = [
    text(LEFT, y + 10, escapeXml(label), 'fill="#1a1a1a"'),
    text(LEFT + PLOT_WIDTH, y + 10, escapeXml(figures), `text-anchor="end" fill="${fill}" font-weight="600"`),
    `<rect x="${from}" y="${y + 15}" width="${width}" height="${BAR_HEIGHT}" rx="2" fill="${fill}"/>`,
  ];
  if (reference !== undefined) {
    const x = xOf(reference);
    const middle = y + 15 + BAR_HEIGHT / 2;
    shapes.push(
      `<path d="M${x} ${middle - 7} l7 7 l-7 7 l-7 -7 z" fill="#e0a526" stroke="#1a1a1a" stroke-width="0.7"/>`,
    );
  }
  return shapes;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${content}</text>`;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
