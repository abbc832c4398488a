import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Language } from './language.ts';
import { createMoments, isSameDay } from './moments.ts';

/** A Tuesday, by the clock of whoever reads. */
const NOW = new Date(2026, 2, 10, 18).getTime();
const moments = (language: Language) => createMoments(language, (key) => key);
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day, 15, 7).getTime();

test('two moments are of the same day where a calendar says so', () => {
  // Two weeks about the end of a month and of summer time.
  const moment = fc.integer({ min: Date.UTC(2026, 9, 20), max: Date.UTC(2026, 10, 4) });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      expect(isSameDay(a, b)).toBe(new Date(a).toDateString() === new Date(b).toDateString());
    }),
    { numRuns: 2_000 },
  );
});

test('a moment is written as its language does', () => {
  expect(moments('en').time(NOW)).toMatch(/^6:00\s?PM$/);
  expect(moments('ko').time(NOW)).toBe('오후 6:00');
  expect(moments('en').day(at(2026, 3, 2), NOW)).toBe('Monday, March 2');
  expect(moments('ko').day(at(2026, 3, 2), NOW)).toBe('3월 2일 월요일');
  expect(moments('en').day(at(2025, 3, 2), NOW)).toBe('Sunday, March 2, 2025');
  expect(moments('ko').day(at(2025, 3, 2), NOW)).toBe('2025년 3월 2일 일요일');
});

test('what is near is said by how near it is', () => {
  const { day, short } = moments('en');
  expect(day(at(2026, 3, 10), NOW)).toBe('day.today');
  expect(day(at(2026, 3, 9), NOW)).toBe('day.yesterday');
  expect(short(at(2026, 3, 10), NOW)).toMatch(/^3:07\s?PM$/);
  expect(short(at(2026, 3, 9), NOW)).toBe('day.yesterday');
  expect(short(at(2026, 3, 6), NOW)).toBe('Fri');
  expect(short(at(2026, 2, 6), NOW)).toBe('Feb 6');
  expect(short(at(2025, 2, 6), NOW)).toBe('2/6/2025');
});

test.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('what is no date is said, too: %d', (at) => {
  const { day, full, short, time } = createMoments('en', (key) => key);
  const now = Date.UTC(2026, 10, 1, 12);
  for (const said of [time(at), full(at), day(at, now), short(at, now)]) expect(said).toMatch(/\d/);
  expect(isSameDay(at, now)).toBe(false);
  expect(isSameDay(now, now + 1)).toBe(true);
});
