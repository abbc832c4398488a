import { type Command, type ExitCode, UsageError } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { inDataFolder, offlineOption } from './offline.ts';
import { type Whom, whom } from './whom.ts';

/** `maru admin promote` */
export const promote: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: [
    'Makes somebody an administrator, on all their devices at once. Where no administrator is left, stop the server and',
    'give --data.',
  ].join('\n'),
  options: { ...adminOptions, data: offlineOption },
  examples: [
    { line: 'maru admin promote jun', does: '@jun is an administrator from now on.' },
    { line: 'maru admin promote jun --data ./data', does: 'The same, while the server is stopped.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    const say = ({ user, shown }: Whom): ExitCode => {
      const line = `${shown} is an administrator.`;
      console.log(flags.json === true ? printableJson({ user, administrator: true }) : line);
      return 0;
    };
    if (flags.data !== undefined) {
      return inDataFolder(flags, given, async (directory, found) => {
        const outcome = await directory.setAdministrator(found.user, true);
        if (outcome === 'placeholder') {
          throw new UsageError(
            'Nobody can log in to this account yet. First: maru admin reset-password HANDLE --data DIR',
          );
        }
        if (outcome !== 'done') throw new UsageError('The account is gone.');
        return say(found);
      });
    }
    return asSignedIn(flags, async (api) => {
      const found = await whom(api, given);
      await api.makeAdministrator({ params: { user: found.user } });
      return say(found);
    });
  },
};
