import { expect, test } from 'bun:test';
import { readWhen } from './read-when.ts';

/** A Wednesday, 09:14 where the tests run. */
const NOW = new Date(2026, 10, 25, 9, 14).getTime();
const on = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime();

test.each<[string, number, string]>([
  ['18:30 집에 가자', on(25, 18, 30), '집에 가자'],
  ['9:00 tomorrow is another day', on(26, 9), 'tomorrow is another day'],
  ['tomorrow 9:00 good morning', on(26, 9), 'good morning'],
  ['Today 23:59', on(25, 23, 59), ''],
  ['내일 9:00 좋은 아침', on(26, 9), '좋은 아침'],
  ['모레 오후 6:30 모임', on(27, 18, 30), '모임'],
  ['오전 12:05 자정', on(26, 0, 5), '자정'],
  ['오늘 18시 30분 저녁', on(25, 18, 30), '저녁'],
  ['18시 퇴근', on(25, 18), '퇴근'],
  ['9:15pm see you', on(25, 21, 15), 'see you'],
  ['12:00 pm lunch', on(25, 12), 'lunch'],
  ['2026-11-30 8:00 new week', on(30, 8), 'new week'],
  ['30m hi', NOW + 1_800_000, 'hi'],
  ['in 2h hi', NOW + 7_200_000, 'hi'],
  ['30분 뒤 안녕', NOW + 1_800_000, '안녕'],
  ['2시간 후에 안녕', NOW + 7_200_000, '안녕'],
  ['1일 안녕', NOW + 86_400_000, '안녕'],
])('%s', (text, at, rest) => {
  expect(readWhen(text, NOW)).toEqual({ at, rest });
});

test('a day that is said is that day, also where its time is past', () => {
  expect(readWhen('today 9:00 x', NOW)).toEqual({ at: on(25, 9), rest: 'x' });
});

test('what says no time is none', () => {
  for (const text of [
    '',
    'hello',
    'tomorrow',
    'tomorrow hello',
    '24:00 x',
    '9:60 x',
    '13:00pm x',
    '0:30am x',
    '2026-02-30 9:00 x',
    'noon x',
    '18:300 x',
    '9 x',
    'off x',
  ])
    expect([text, readWhen(text, NOW)]).toEqual([text, undefined]);
});
