import type { Command } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { whom } from './whom.ts';

/** `maru admin demote` */
export const demote: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: 'Makes an administrator an ordinary user. The last one who can log in stays one.',
  options: adminOptions,
  examples: [{ line: 'maru admin demote jun', does: '@jun is an ordinary user again.' }],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    return asSignedIn(flags, async (api) => {
      const { user, shown } = await whom(api, given);
      await api.unmakeAdministrator({ params: { user } });
      const line = `${shown} is no administrator any more.`;
      console.log(flags.json === true ? printableJson({ user, administrator: false }) : line);
      return 0;
    });
  },
};
