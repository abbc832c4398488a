import type { Command, ExitCode } from './command.ts';

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
    ...command.examples.flatMap(({ line, does }) => [`  ${line}`, `      ${does}`]),
    '',
    'Exit codes:',
    ...exitCodes(command.exitCodes),
  ].join('\n');
}

/** The text of `maru --help`. */
export function generalHelp(summaries: Readonly<Record<string, string>>): string {
  return [
    'Usage: maru COMMAND [ARGUMENTS]',
    '',
    'A messenger that anyone can run.',
    '',
    'Commands:',
    ...Object.entries(summaries).map(([name, summary]) => row(name, summary)),
    '',
    'Examples:',
    '  maru serve',
    '      Starts a server on this machine.',
    '  maru serve --help',
    '      Shows what a command takes.',
    '',
    'Exit codes:',
    ...exitCodes({ 3: "The server can't be reached." }),
  ].join('\n');
}

/** Those that every command may end with, in a command's own words where it has some, and its own ones. */
function exitCodes(own: Command['exitCodes'] = {}): string[] {
  const meanings: Partial<Record<ExitCode, string>> = {
    0: 'Done.',
    1: 'It failed while at work.',
    2: "It was called wrongly, or where it can't work.",
    ...own,
  };
  return Object.entries(meanings).map(([code, meaning]) => `  ${code}  ${meaning}`);
}

function row(left: string, right: string): string {
  return left.length < WIDTH - 1
    ? `  ${left.padEnd(WIDTH)}${right}`
    : `  ${left}\n${' '.repeat(WIDTH + 2)}${right}`;
}
