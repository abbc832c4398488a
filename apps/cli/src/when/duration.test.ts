import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { durationText, readDuration } from './duration.ts';

test('what people write is read, in both languages', () => {
  const written = { '30s': 30, '5m': 300, '1h': 3_600, '1 d': 86_400, '2w': 1_209_600, off: 0, OFF: 0 };
  const korean = { '30초': 30, '5분': 300, '1시간': 3_600, '1일': 86_400, '2주': 1_209_600, 끔: 0 };
  for (const [text, seconds] of Object.entries({ ...written, ...korean }))
    expect([text, readDuration(text)]).toEqual([text, seconds]);
});

test('what is no duration is none, nor what is more than a year', () => {
  for (const text of ['', '1', 'h', '1x', '-1h', '1.5h', '0h', '53w'])
    expect([text, readDuration(text)]).toEqual([text, undefined]);
  expect(readDuration(`${limits.EXPIRES_AFTER_S_MAX}s`)).toBe(limits.EXPIRES_AFTER_S_MAX);
  expect(readDuration(`${limits.EXPIRES_AFTER_S_MAX + 1}s`)).toBeUndefined();
});

test('a duration is shown so that it can be written again', () => {
  for (const language of ['en', 'ko'] as const) {
    for (const seconds of [1, 59, 60, 90, 3_600, 86_400, 604_800, 31_536_000])
      expect(readDuration(durationText(seconds, language))).toBe(seconds);
  }
  expect(durationText(3_600, 'ko')).toBe('1시간');
  expect(durationText(7_200, 'en')).toBe('2h');
});
