import { resetPassword as resetIn, systemRandom } from '@maru/server';
import { type Command, type ExitCode, UsageError } from '../../command.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { inDataFolder, offlineOption } from './offline.ts';
import { type Whom, whom } from './whom.ts';

/** `maru admin reset-password` */
export const resetPassword: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: [
    'Ends the password of an account, its recovery codes and all its devices, and prints one new recovery code. Hand it',
    'to the user: with it they set a password of their own, once (maru recover), which nobody else ever knows. The code',
    'is shown once and stands in no log.',
    '',
    'An administrator who is locked out stops the server and gives --data: whoever may write in the data folder may do',
    'this.',
  ].join('\n'),
  options: { ...adminOptions, data: offlineOption },
  examples: [
    { line: 'maru admin reset-password mina', does: 'Prints a code for @mina.' },
    { line: 'maru recover mina --code CODE', does: 'What @mina does with it.' },
    {
      line: 'maru admin reset-password root --data ./data',
      does: 'For the administrator who forgot the password, while the server is stopped.',
    },
  ],
  exitCodes: { ...adminExitCodes, 0: 'The code is on standard output.' },
  async run(flags, [given = '']) {
    const say = ({ user, shown }: Whom, recoveryCode: string): ExitCode => {
      if (flags.json === true) {
        console.log(printableJson({ user, recoveryCode }));
      } else {
        console.error(`${shown} is signed out everywhere, and sets a new password with this code:`);
        console.log(printable(recoveryCode));
      }
      return 0;
    };
    if (flags.data !== undefined) {
      return inDataFolder(flags, given, async (directory, found) => {
        const reset = await resetIn(directory, systemRandom, found.user);
        if (reset === undefined) throw new UsageError('The account is gone.');
        return say(found, reset.recoveryCode);
      });
    }
    return asSignedIn(flags, async (api) => {
      const found = await whom(api, given);
      const { recoveryCode } = await api.resetPassword({ params: { user: found.user } });
      return say(found, recoveryCode);
    });
  },
};
