import type { Command } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { whom } from './whom.ts';

/** `maru admin suspend` */
export const suspend: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: [
    'Suspends an account: every device is signed out at once, and nobody can log in to it. Rooms and history stay, and',
    'what others write meanwhile is there when the suspension is ended.',
  ].join('\n'),
  options: adminOptions,
  examples: [{ line: 'maru admin suspend mallory', does: 'Nobody logs in as @mallory until unsuspended.' }],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    return asSignedIn(flags, async (api) => {
      const { user, shown } = await whom(api, given);
      await api.suspendAccount({ params: { user } });
      console.log(
        flags.json === true
          ? printableJson({ user, state: 'suspended' })
          : `${shown} is suspended, and signed out everywhere.`,
      );
      return 0;
    });
  },
};
