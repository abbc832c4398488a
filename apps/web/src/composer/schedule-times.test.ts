import { expect, test } from 'bun:test';
import { localInput, scheduleTimes } from './schedule-times.ts';

const at = (...when: [number, number, number, number, number]) => new Date(...when).getTime();
const shown = (now: number) => scheduleTimes(now).map(({ name, at: then }) => `${name} ${localInput(then)}`);

test('on a Wednesday: in an hour, tomorrow, and on Monday, in the morning', () => {
  expect(shown(at(2026, 10, 25, 22, 30))).toEqual([
    'hour 2026-11-25T23:30',
    'tomorrow 2026-11-26T09:00',
    'monday 2026-11-30T09:00',
  ]);
});

test('on a Sunday Monday is tomorrow, and on a Monday it is the next one', () => {
  expect(shown(at(2026, 10, 29, 8, 0))).toEqual(['hour 2026-11-29T09:00', 'tomorrow 2026-11-30T09:00']);
  expect(shown(at(2026, 10, 30, 8, 0)).at(-1)).toBe('monday 2026-12-07T09:00');
});
