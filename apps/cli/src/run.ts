import { type ExitCode, UsageError } from './command.ts';
import { table } from './command-table.ts';
import { findCommand } from './find-command.ts';
import { commandHelp, generalHelp, groupHelp } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { complain } from './terminal/complain.ts';

/** Runs one command line and says with which code the process is to end. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    // `maru help send` is `maru send --help`.
    return await runLine(args[0] === 'help' ? [...args.slice(1), '--help'] : args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return 2;
  }
}

async function runLine(args: readonly string[]): Promise<ExitCode> {
  const found = findCommand(table, args);
  if (found.kind === 'group') return helpOfGroup(found.name, found.rest);
  const command = await found.entry.load();
  const line = parseCommandLine(found.name, command, found.rest);
  if (line.kind === 'run') return command.run(line.flags, line.positionals);
  console.log(commandHelp(found.name, command));
  return 0;
}

/** @throws {UsageError} for a word that goes on as no command does */
function helpOfGroup(name: string, [word]: readonly string[]): ExitCode {
  const isAsked = word === '--help' || word === '-h';
  if (word !== undefined && !isAsked) {
    const group = name === '' ? '' : `${name} `;
    throw new UsageError(`There is no command ${group}${word}; see maru ${group}--help.`);
  }
  console.log(name === '' ? generalHelp(table) : groupHelp(table, name));
  return isAsked ? 0 : 2;
}
