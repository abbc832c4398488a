import type { Command } from '../command.ts';
import { daysOf, daysOption } from '../profile/days-option.ts';
import { profileOption } from '../profile/profile.ts';
import { printable } from '../terminal/printable.ts';
import { asSignedIn } from './as-signed-in.ts';

/** `maru invite` */
export const invite: Command = {
  about: [
    'Prints what lets one person sign up where the server asks for it: a link, or, where the server does not know',
    'under which URL people reach it, a code. Only administrators may invite. maru admin invites lists what was made,',
    'and takes it back.',
  ].join('\n'),
  options: {
    days: daysOption,
    profile: profileOption,
  },
  examples: [
    { line: 'maru invite', does: 'For one person, within a week: maru sign-up HANDLE --invite LINK' },
    { line: 'maru invite --days 1', does: 'Until tomorrow.' },
  ],
  exitCodes: {
    0: 'The link or code is on standard output.',
    1: 'The server refused: you are not an administrator, or signed out.',
    3: "The server can't be reached.",
  },
  async run(flags) {
    const expiresInS = daysOf(flags);
    return asSignedIn(flags, async (api) => {
      const { invite: code, link = code } = await api.createInvite({ body: { expiresInS } });
      console.log(printable(link));
      return 0;
    });
  },
};
