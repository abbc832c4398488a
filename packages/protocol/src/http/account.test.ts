import { describe, expect, test } from 'bun:test';
import * as limits from '../limits.ts';
import { displayName, statusLine } from '../profile.ts';
import { deviceName, givenPassword, handle, password } from './account.ts';

describe('[LIMIT7] a handle', () => {
  const good = ['abc', 'a.b', 'a.b.c', '___', '123', 'min_jun.kim', 'a'.repeat(limits.HANDLE_CHARS_MAX)];
  const bad = [
    'ab',
    'a'.repeat(limits.HANDLE_CHARS_MAX + 1),
    '.abc',
    'abc.',
    'a..b',
    '...',
    'Abc',
    'ab c',
    'ab-c',
    '민준이',
    'аbc', // a Cyrillic letter
    'abc\n',
    '',
  ];
  for (const text of good) test(`may be '${text}'`, () => expect(handle.safeParse(text).success).toBe(true));
  for (const text of bad)
    test(`may not be ${JSON.stringify(text)}`, () => expect(handle.safeParse(text).success).toBe(false));
});

describe('[LIMIT7] a password', () => {
  test('has at least 8 characters, of any script', () => {
    for (const one of ['a', '한', '😀']) {
      expect(password.safeParse(one.repeat(limits.PASSWORD_CHARS_MIN)).success).toBe(true);
      expect(password.safeParse(one.repeat(limits.PASSWORD_CHARS_MIN - 1)).success).toBe(false);
    }
  });

  test('has at most so many bytes', () => {
    const max = limits.PASSWORD_BYTES_MAX;
    for (const schema of [password, givenPassword]) {
      expect(schema.safeParse('a'.repeat(max)).success).toBe(true);
      expect(schema.safeParse('a'.repeat(max + 1)).success).toBe(false);
      expect(schema.safeParse(`a${'한'.repeat((max - 1) / 3)}`).success).toBe(true);
      expect(schema.safeParse(`aa${'한'.repeat((max - 1) / 3)}`).success).toBe(false);
    }
  });

  test('is the same from every keyboard', () => {
    const typed = '비밀번호 여덟자';
    expect(password.parse(typed.normalize('NFD'))).toBe(password.parse(typed));
    expect(givenPassword.parse(typed.normalize('NFD'))).toBe(password.parse(typed));
  });

  test('is well-formed Unicode', () => {
    expect(password.safeParse('12345678\ud800').success).toBe(false);
  });
});

describe('[LIMIT7] names', () => {
  test('of people and of devices have at most 64 characters', () => {
    for (const [schema, max] of [
      [displayName, limits.DISPLAY_NAME_CHARS_MAX],
      [deviceName, limits.DEVICE_NAME_CHARS_MAX],
    ] as const) {
      expect(max).toBe(64);
      expect(schema.safeParse('한'.repeat(max)).success).toBe(true);
      expect(schema.safeParse('한'.repeat(max + 1)).success).toBe(false);
      expect(schema.safeParse('').success).toBe(false);
    }
  });

  test('[PEOPLE1] a status is a line of at most 100 characters, and may be empty', () => {
    const max = limits.STATUS_LINE_CHARS_MAX;
    expect(max).toBe(100);
    expect(statusLine.safeParse('한'.repeat(max)).success).toBe(true);
    expect(statusLine.safeParse('한'.repeat(max + 1)).success).toBe(false);
    expect(statusLine.parse('  ')).toBe('');
    for (const text of ['two\nlines', 'turned \u202e round', 'esc \u001b[2J', '\u3164']) {
      expect([text, statusLine.safeParse(text).success]).toEqual([text, false]);
    }
  });
});
