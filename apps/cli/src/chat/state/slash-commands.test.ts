import { describe, expect, test } from 'bun:test';
import { readWritten } from './read-written.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

describe('what was written', () => {
  test.each([
    ['hello', 'message hello'],
    ['/dm @jun', 'dm|@jun'],
    ['/DM  @jun  hi\nthere ', 'dm|@jun  hi\nthere'],
    ['/대화 @jun', 'dm|@jun'],
    ['/\u1103\u1162\u1112\u116a @jun', 'dm|@jun'],
    ['/quit', 'quit|'],
    ['/?', 'help|'],
    ['/nothing here', 'unknown /nothing'],
    ['//quit', 'message /quit'],
    ['/usr/bin/maru', 'message /usr/bin/maru'],
    ['/forget/join http://chat.example.org/#join=secret', 'unknown /forget/join'],
    ['/leave/나가기', 'unknown /leave/나가기'],
    ['/나가기/참여 링크', 'unknown /나가기/참여'],
    ['/unread/#join=secret\nand more', 'unknown /unread/'],
    ['/?/join secret', 'unknown /?/join'],
    ['//forget/join', 'message /forget/join'],
    [' /quit', 'message  /quit'],
    ['/ quit', 'message / quit'],
  ])('%j', (text, expected) => {
    const written = readWritten(text);
    const told =
      written.kind === 'command'
        ? `${written.command.name}|${written.rest}`
        : `${written.kind} ${written.kind === 'message' ? written.text : written.name}`;
    expect(told).toBe(expected);
  });
});

test('no two commands have a name in common', () => {
  const names = SLASH_COMMANDS.flatMap(({ name, also }) => [name, ...also]);
  expect(new Set(names).size).toBe(names.length);
});
