import { type Command, type ExitCode, UsageError } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { inDataFolder, offlineOption } from './offline.ts';
import { type Whom, whom } from './whom.ts';

/** `maru admin unsuspend` */
export const unsuspend: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about:
    'Ends the suspension of an account. Its user logs in anew on every device; nothing of theirs is lost.',
  options: { ...adminOptions, data: offlineOption },
  examples: [
    { line: 'maru admin unsuspend mallory', does: '@mallory can log in again.' },
    {
      line: 'maru admin unsuspend root --data ./data',
      does: 'The same for an administrator, while the server is stopped.',
    },
  ],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    const say = ({ user, shown }: Whom): ExitCode => {
      const line = `${shown} can log in again.`;
      console.log(flags.json === true ? printableJson({ user, state: 'active' }) : line);
      return 0;
    };
    if (flags.data !== undefined) {
      return inDataFolder(flags, given, async (directory, found) => {
        if (!(await directory.unsuspendUser(found.user))) throw new UsageError('The account is gone.');
        return say(found);
      });
    }
    return asSignedIn(flags, async (api) => {
      const found = await whom(api, given);
      await api.unsuspendAccount({ params: { user: found.user } });
      return say(found);
    });
  },
};
