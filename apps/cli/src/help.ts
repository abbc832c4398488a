import type { Command, CommandTable, ExitCode } from './command.ts';
import { wordsBehind } from './words-behind.ts';

const WIDTH = 30;

/** The text of `maru COMMAND --help`. */
export function commandHelp(name: string, command: Command): string {
  const options = Object.entries(command.options).map(([flag, { takes, help, byDefault }]) => {
    const left = takes === undefined ? `--${flag}` : `--${flag} ${takes}`;
    return row(left, byDefault === undefined ? help : `${help} Default: ${byDefault}.`);
  });
  const takes = command.takes === undefined ? '' : ` ${command.takes}`;
  return [
    `Usage: maru ${name}${takes}${options.length === 0 ? '' : ' [OPTIONS]'}`,
    '',
    command.about,
    '',
    'Options:',
    ...options,
    row('-h, --help', 'Show this.'),
    '',
    'Examples:',
    ...exampleLines(command.examples),
    '',
    'Exit codes:',
    ...exitCodes(command.exitCodes),
  ].join('\n');
}

/** The text of `maru --help`. */
export function generalHelp(table: CommandTable): string {
  return [
    'Usage: maru COMMAND [ARGUMENTS]',
    '',
    'A messenger that anyone can run.',
    '',
    'Commands:',
    ...wordsBehind(table, '').map(({ word, summary }) => row(word, summary)),
    '',
    'Examples:',
    ...exampleLines(EXAMPLES),
    '',
    'Exit codes:',
    ...exitCodes({ 3: "The server can't be reached." }),
  ].join('\n');
}

/** A first conversation, and where to go on. */
const EXAMPLES: Command['examples'] = [
  { line: 'maru serve', does: 'Starts a server on this machine.' },
  { line: 'maru sign-up mina', does: 'Makes an account on it and signs this terminal in.' },
  { line: 'maru send @jun "Hello!"', does: 'Sends a message.' },
  { line: 'maru tail', does: 'Prints messages as they come.' },
  { line: 'maru doctor', does: 'Says whether a server can work well here.' },
  { line: 'maru COMMAND --help', does: 'Shows what a command takes, with examples.' },
];

/** The text of `maru GROUP --help`. */
export function groupHelp(table: CommandTable, group: string): string {
  const words = wordsBehind(table, group);
  const isGroup = (word: string) => Object.hasOwn(table.groups, `${group} ${word}`);
  return [
    `Usage: maru ${group} COMMAND [ARGUMENTS]`,
    '',
    table.groups[group] ?? '',
    '',
    'Commands:',
    ...words.map(({ word, summary }) => row(isGroup(word) ? `${word} …` : word, summary)),
    '',
    'Examples:',
    `  maru ${group} ${words[0]?.word ?? ''} --help`,
    '      Shows what a command takes, with examples.',
  ].join('\n');
}

/** What the codes mean that every command may end with, in a command's own words where it has some, and its own ones. */
export function exitCodeMeanings(own: Command['exitCodes'] = {}): Partial<Record<ExitCode, string>> {
  return {
    0: 'Done.',
    1: 'It failed while at work.',
    2: "It was called wrongly, or where it can't work.",
    ...own,
  };
}

function exampleLines(examples: Command['examples']): string[] {
  return examples.flatMap(({ line, does }) => [`  ${line}`, `      ${does}`]);
}

function exitCodes(own: Command['exitCodes']): string[] {
  return Object.entries(exitCodeMeanings(own)).map(([code, meaning]) => `  ${code}  ${meaning}`);
}

function row(left: string, right: string): string {
  return left.length < WIDTH - 1
    ? `  ${left.padEnd(WIDTH)}${right}`
    : `  ${left}\n${' '.repeat(WIDTH + 2)}${right}`;
}
