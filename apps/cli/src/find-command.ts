import type { CommandEntry, CommandTable } from './command.ts';

export type Found =
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly entry: CommandEntry;
      readonly rest: readonly string[];
    }
  /** The words name several commands, `''` all of them; `rest` does not go on as any of them does. */
  | { readonly kind: 'group'; readonly name: string; readonly rest: readonly string[] };

/** Reads the command's name, of one word or more, off the front of a command line. */
export function findCommand({ commands, groups }: CommandTable, args: readonly string[]): Found {
  let name = '';
  for (const [index, word] of args.entries()) {
    const longer = name === '' ? word : `${name} ${word}`;
    const rest = args.slice(index + 1);
    const entry = Object.hasOwn(commands, longer) ? commands[longer] : undefined;
    if (entry !== undefined) return { kind: 'command', name: longer, entry, rest };
    if (!Object.hasOwn(groups, longer)) return { kind: 'group', name, rest: args.slice(index) };
    name = longer;
  }
  return { kind: 'group', name, rest: [] };
}
