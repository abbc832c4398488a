import { expect, test } from 'bun:test';
import { resultRow } from './result-row.ts';

test('a value on the target meets it, from either side', () => {
  const row = (value: number, bound: { atMost: number } | { atLeast: number }) =>
    resultRow('start', { metric: 'm', value, unit: 's', ...bound }, true);
  expect(row(0.25, { atMost: 0.25 })).toEqual({
    scenario: 'start',
    metric: 'm',
    value: 0.25,
    unit: 's',
    target: 0.25,
    bound: 'at most',
    met: true,
    reference: null,
  });
  expect(row(0.26, { atMost: 0.25 }).met).toBe(false);
  expect(row(30_000, { atLeast: 30_000 }).met).toBe(true);
  expect(row(29_999, { atLeast: 30_000 })).toMatchObject({ met: false, bound: 'at least', target: 30_000 });
});

test('what was not measured, and a run too small to judge, has no verdict', () => {
  const skipped = resultRow(
    'idle',
    { metric: 'm', value: undefined, unit: 'KB', atMost: 4, note: 'why' },
    true,
  );
  expect(skipped).toMatchObject({ value: null, target: 4, met: null, note: 'why' });
  const smoke = resultRow('idle', { metric: 'm', value: 9, unit: 'KB', atMost: 4 }, false);
  expect(smoke).toMatchObject({ value: 9, target: null, bound: null, met: null });
});
