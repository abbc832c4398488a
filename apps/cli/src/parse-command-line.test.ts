import { describe, expect, test } from 'bun:test';
import { type Command, UsageError } from './command.ts';
import { commandHelp } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';

const echo: Command = {
  takes: 'WORD [WORD]',
  positionals: [1, 2],
  about: 'Says words.',
  options: {
    times: { takes: 'COUNT', help: 'How often.', byDefault: '1' },
    to: { takes: 'NAME,…', repeatable: true, help: 'Whom to say it to.' },
    loud: { help: 'In capitals.' },
    'a-rather-long-name-of-an-option': { takes: 'VALUE', help: 'On a line of its own.' },
  },
  examples: [{ line: 'maru echo hello', does: 'Says hello.' }],
  exitCodes: { 1: 'Nobody listened.' },
  run: async () => 0,
};

const parse = (...args: string[]) => parseCommandLine('echo', echo, args);

describe('a command line', () => {
  test('gives flags and arguments', () => {
    expect(parse('a', '--times', '3', '--loud', 'b')).toEqual({
      kind: 'run',
      flags: { times: '3', loud: true },
      positionals: ['a', 'b'],
    });
  });

  test('gives all of an option that may be repeated, and the last of another', () => {
    expect(parse('a', '--to', 'mina,jun', '--times', '2', '--to=ada', '--times', '3')).toMatchObject({
      flags: { to: 'mina,jun,ada', times: '3' },
    });
  });

  test('takes what follows -- as it is', () => {
    expect(parse('--', '--times')).toMatchObject({ positionals: ['--times'] });
  });

  test.each([[['--help']], [['-h']], [['a', '--help']]])('asks for help: %j', (args) => {
    expect(parse(...args)).toEqual({ kind: 'help' });
  });

  test.each([
    ['no argument', [], 'maru echo takes WORD [WORD]'],
    ['too many', ['a', 'b', 'c'], 'maru echo takes WORD [WORD]'],
    ['an option nobody knows', ['a', '--time', '3'], '--time'],
    ['an option without its value', ['a', '--times'], '--times'],
    ['a switch with a value', ['a', '--loud=no'], '--loud'],
  ])('%s is said in one line that names it', (_what, args, named) => {
    expect(() => parse(...args)).toThrow(UsageError);
    try {
      parse(...args);
    } catch (error) {
      const { message } = error as UsageError;
      expect(message).toContain(named);
      expect(message).toEndWith('.');
      expect(message).not.toContain('\n');
    }
  });
});

test('help shows every option with its default, examples and exit codes', () => {
  expect(commandHelp('echo', echo)).toBe(`Usage: maru echo WORD [WORD] [OPTIONS]

Says words.

Options:
  --times COUNT                 How often. Default: 1.
  --to NAME,…                   Whom to say it to.
  --loud                        In capitals.
  --a-rather-long-name-of-an-option VALUE
                                On a line of its own.
  -h, --help                    Show this.

Examples:
  maru echo hello
      Says hello.

Exit codes:
  0  Done.
  1  Nobody listened.
  2  It was called wrongly, or where it can't work.`);
});
