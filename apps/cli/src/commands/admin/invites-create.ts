import type { Command } from '../../command.ts';
import { daysOf, daysOption } from '../../profile/days-option.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';

/** `maru admin invites create` */
export const invitesCreate: Command = {
  about:
    'Makes an invite: a link or, where the server does not know its URL, a code that lets one person sign up. It is shown\nonce.',
  options: { ...adminOptions, days: daysOption },
  examples: [
    { line: 'maru admin invites create', does: 'For one person, within a week.' },
    { line: 'maru admin invites create --days 1 --json', does: 'Until tomorrow, with its id.' },
  ],
  exitCodes: { ...adminExitCodes, 0: 'The link, or the code, is on standard output.' },
  async run(flags) {
    const expiresInS = daysOf(flags);
    return asSignedIn(flags, async (api) => {
      const made = await api.createInvite({ body: { expiresInS } });
      console.log(flags.json === true ? printableJson(made) : printable(made.link ?? made.invite));
      return 0;
    });
  },
};
