import { parseArgs } from 'node:util';
import { type Command, type Flags, UsageError } from './command.ts';

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly flags: Flags; readonly positionals: readonly string[] };

/**
 * Reads a command's arguments by what it says it takes.
 * @throws {UsageError}
 */
export function parseCommandLine(name: string, command: Command, args: readonly string[]): CommandLine {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([flag, { takes, repeatable = false }]) => [
      flag,
      { type: takes === undefined ? ('boolean' as const) : ('string' as const), multiple: repeatable },
    ]),
  );
  const { values, positionals } = parse(name, args, options);
  if (values.help === true) return { kind: 'help' };
  const [min, max] = command.positionals ?? [0, 0];
  if (positionals.length < min || positionals.length > max) {
    const expected = command.takes ?? 'no arguments but options';
    throw new UsageError(`maru ${name} takes ${expected}; see maru ${name} --help.`);
  }
  return { kind: 'run', flags: joined(values), positionals };
}

function joined(values: Readonly<Record<string, unknown>>): Flags {
  return Object.fromEntries(
    Object.entries(values).map(([flag, value]) => [flag, Array.isArray(value) ? value.join(',') : value]),
  ) as Flags;
}

function parse(
  name: string,
  args: readonly string[],
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence names the option; what follows explains parseArgs.
    const [sentence] = error.message.split(/\. |\n/);
    throw new UsageError(`${sentence}; see maru ${name} --help.`, { cause: error });
  }
}
