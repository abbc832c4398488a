import { describe, expect, test } from 'bun:test';
import { formatSaid, parseLine } from './parse-line.ts';
import { parseLog } from './parse-log.ts';

describe('a line', () => {
  test.each([
    ['[12:18] <|trey|> usual, quite stable though  :)', '|trey|', 'usual, quite stable though  :)'],
    ['[00:00] <a>  leading space stays', 'a', ' leading space stays'],
    ['[23:59] <한글> 안녕', '한글', '안녕'],
    ['[09:14] <nick> <other> quoted', 'nick', '<other> quoted'],
  ])('%s is said, and can be made again', (line, nick, text) => {
    const parsed = parseLine(line);
    expect(parsed).toMatchObject({ kind: 'said', nick, text });
    if (parsed.kind === 'said') expect(formatSaid(parsed.minute, parsed.nick, parsed.text)).toBe(line);
  });

  test.each([
    ['[12:15] <opteron>', 'opteron'],
    ['[12:15] <opteron>  ', 'opteron'],
    ['[12:20] <brad[] > Hi, having some trouble', 'brad[]'],
    ['[12:20] < nick> padded', 'nick'],
    ['[12:20] <no nick> has a space inside', undefined],
    ['[09:14]  * nick does', 'nick'],
    ['=== nick has joined #ubuntu', 'nick'],
    ['=== old is now known as new', 'old'],
    ['anything else', undefined],
    ['', undefined],
  ])('%j can not be made again and is kept whole', (line, nick) => {
    expect(parseLine(line)).toMatchObject({ kind: 'other', nick });
  });
});

test('a log takes its day from its name and goes past midnight', () => {
  const log = parseLog('2004-11-15_03.raw.txt', [
    '[23:58] <a> late',
    '=== b has joined #ubuntu',
    '[23:57] <b> a clock that is a little behind',
    '[00:01] <a> early',
  ]);
  expect(log.name).toBe('2004-11-15_03');
  expect(log.nicks).toEqual(['a', 'b']);
  expect(log.lines.map(({ sentAt }) => new Date(sentAt).toISOString().slice(0, 16))).toEqual([
    '2004-11-15T23:58',
    '2004-11-15T23:58',
    '2004-11-15T23:57',
    '2004-11-16T00:01',
  ]);
});
