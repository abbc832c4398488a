import { expect, test } from 'bun:test';
import { resultRow } from '../result-row.ts';
import { renderPlot } from './plot.ts';
import { renderTable } from './table.ts';

const rows = [
  resultRow('alone', { metric: 'p50', value: 0.45, unit: 'ms', atMost: 0.9, reference: 0.3 }, true),
  resultRow('fan-out', { metric: 'a < b', value: 15_000, unit: '/s', atLeast: 30_000 }, true),
  resultRow('idle', { metric: 'memory', value: undefined, unit: 'KB', atMost: 4, note: 'no /proc' }, true),
];

test('the table shows every row, and notes below', () => {
  expect(renderTable(rows)).toBe(
    [
      '| scenario | metric |  value | unit |   target | reference | met |',
      '|----------|--------|-------:|------|---------:|----------:|-----|',
      '| alone    | p50    |   0.45 | ms   |    ≤ 0.9 |       0.3 | yes |',
      '| fan-out  | a < b  | 15,000 | /s   | ≥ 30,000 |           | NO  |',
      '| idle     | memory |      – | KB   |      ≤ 4 |           |     |',
      '',
      '- idle, memory: no /proc',
    ].join('\n'),
  );
});

test('the plot has a bar for each judged row, right of the line where the target is met, and escapes its texts', () => {
  const svg = renderPlot(rows, 'Maru & others');
  expect(svg).toContain('<title>Maru &amp; others</title>');
  expect(svg).toContain('fan-out: a &lt; b');
  expect(svg).not.toContain('memory');
  const line = Number(/<line x1="([\d.]+)"[^>]*stroke="#1a1a1a"/.exec(svg)?.[1]);
  const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].map(([, x, width]) => ({
    from: Number(x),
    to: Number(x) + Number(width),
  }));
  expect(bars).toHaveLength(2);
  expect(bars[0]?.from).toBeCloseTo(line, 1);
  expect(bars[1]?.to).toBeCloseTo(line, 1);
  expect([...svg.matchAll(/<path /g)]).toHaveLength(1);
});
