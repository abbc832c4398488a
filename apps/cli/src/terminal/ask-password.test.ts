import { describe, expect, test } from 'bun:test';
import { UsageError } from '../command.ts';
import { askPassword, type PasswordSource } from './ask-password.ts';

/** Somebody who types these keys, or a pipe that gives these pieces; and what is shown to them. */
function source(pieces: readonly (string | Uint8Array)[], terminal: boolean, environment = {}) {
  const shown: string[] = [];
  const modes: boolean[] = [];
  const input = {
    isTTY: terminal,
    setRawMode: (raw: boolean) => modes.push(raw),
    async *[Symbol.asyncIterator]() {
      yield* pieces;
    },
  };
  const asked: PasswordSource = { input, output: { write: (text) => shown.push(text) }, environment };
  return { asked, modes, shown: () => shown.join('') };
}

describe('on a terminal', () => {
  test('a password is typed key by key and never shown', async () => {
    const { asked, modes, shown } = source([...'correct horse', '\r'], true);
    expect(await askPassword(false, asked)).toBe('correct horse');
    expect(shown()).toBe('Password: \n');
    expect(modes).toEqual([true, false]);
  });

  test('a new one is typed twice, also when all of it comes at once', async () => {
    const { asked, shown } = source(['비밀번호 하나\r비밀번호 하나\r'], true);
    expect(await askPassword(true, asked)).toBe('비밀번호 하나');
    expect(shown()).toBe('Password: \nOnce more: \n');
  });

  test('two that differ are refused, and the terminal is as before', async () => {
    const { asked, modes } = source(['one\r', 'two\r'], true);
    expect(await askPassword(true, asked).catch((error: unknown) => error)).toBeInstanceOf(UsageError);
    expect(await askPassword(true, source(['one\r', 'two\r'], true).asked).catch(String)).toContain(
      'not the same',
    );
    expect(modes.at(-1)).toBe(false);
  });

  test('keys take back what was typed, whole characters', async () => {
    expect(await askPassword(false, source(['a👩b\x7f\x7fc\b', 'd\r'], true).asked)).toBe('ad');
  });

  test.each(['\x03', '\x04'])('%j gives up', async (key) => {
    expect(
      await askPassword(false, source([`half${key}`], true).asked).catch((error: unknown) => error),
    ).toBeInstanceOf(UsageError);
  });
});

describe('from a pipe', () => {
  test.each([
    ['a line', ['correct horse\n'], 'correct horse'],
    ['a line of Windows', ['correct horse\r\n'], 'correct horse'],
    ['no line end', ['correct ', 'horse'], 'correct horse'],
    ['more lines', ['first\nsecond\n'], 'first'],
    ['a character in two pieces', [new Uint8Array([0xea]), new Uint8Array([0xb0, 0x80, 0x0a])], '가'],
    ['what would be a key', ['a\x7fb\n'], 'a\x7fb'],
  ])('%s', async (_what, pieces, password) => {
    const { asked, shown } = source(pieces, false);
    expect(await askPassword(true, asked)).toBe(password);
    expect(shown()).toBe('');
  });

  test('nothing is refused', async () => {
    expect(await askPassword(false, source([], false).asked).catch((error: unknown) => error)).toBeInstanceOf(
      UsageError,
    );
  });
});

test('MARU_PASSWORD goes before all', async () => {
  expect(await askPassword(true, source(['typed\r'], true, { MARU_PASSWORD: 'given' }).asked)).toBe('given');
});
