import type { ExitCode, Option } from '../../command.ts';
import { profileOption } from '../../profile/profile.ts';

const jsonOption: Option = { help: 'Print JSON in one line.' };

/** The options of every command that asks a running server. */
export const adminOptions = { profile: profileOption, json: jsonOption } as const;

export const adminExitCodes: Readonly<Record<ExitCode, string>> = {
  0: 'Done.',
  1: 'The server refused: you are not an administrator, or there is no such account; it says which.',
  2: 'A wrong option, or nobody is signed in here.',
  3: "The server can't be reached.",
};
