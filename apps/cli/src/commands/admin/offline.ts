import type { Directory } from '@maru/server';
import type { ExitCode, Flags, Option } from '../../command.ts';
import { withDataFolder } from '../../with-data-folder.ts';
import { type Whom, whomOffline } from './whom.ts';

/** The option of what also works on the data folder of a server that is stopped: for whom no administrator is left. */
export const offlineOption: Option = {
  takes: 'DIR',
  help: 'Do it in the data folder of a server that is stopped, without asking anybody.',
};

/** Does something to an account in a data folder. Whoever may write there may do it. */
export async function inDataFolder(
  flags: Flags,
  given: string,
  work: (directory: Directory, whom: Whom) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withDataFolder(flags, async ({ engine: { directory } }) =>
    work(directory, await whomOffline(directory, given)),
  );
}
