/** What a command of `maru` is: what it takes, how it explains itself, and what it does. */

/**
 * 0: done. 1: it failed while at work. 2: it was called wrongly, or where it can't work. 3: the server can't be reached.
 */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Option {
  /** What stands for the value in the help text; absent for a switch. */
  readonly takes?: string;
  /** May be given several times; the command gets all of them with commas between. */
  readonly repeatable?: true;
  readonly help: string;
  /** As the help text shows it. */
  readonly byDefault?: string;
}

/** Flags as they were given: text, or true for a switch. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** What follows the command's name, options left out: `HANDLE TEXT`. */
  readonly takes?: string;
  /** Positional arguments: at least and at most. */
  readonly positionals?: readonly [min: number, max: number];
  readonly about: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  readonly exitCodes?: Readonly<Partial<Record<ExitCode, string>>>;
  run(flags: Flags, positionals: readonly string[]): Promise<ExitCode>;
}

/** A command in the table of all of them. */
export interface CommandEntry {
  /** What it is for, in a line. */
  readonly summary: string;
  /** Only the command that is called is loaded. */
  readonly load: () => Promise<Command>;
}

export interface CommandTable {
  /** By name, of one word or more, in the order in which help shows them. */
  readonly commands: Readonly<Record<string, CommandEntry>>;
  /** What begins the names of several commands, and what those are for. */
  readonly groups: Readonly<Record<string, string>>;
}

/** What the caller did wrong, in one line that says what to do. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
