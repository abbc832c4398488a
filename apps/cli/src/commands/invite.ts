import { type Command, UsageError } from '../command.ts';
import { openClient } from '../profile/open-client.ts';
import { ProfileFolder, profileOption } from '../profile/profile.ts';
import { explain } from './sign-in.ts';

const DAY_S = 86_400;
const DAYS_MAX = 365;

/** `maru invite` */
export const invite: Command = {
  about:
    'Prints what lets one person sign up where the server asks for it: a link, or, where the server does not know\nunder which URL people reach it, a code. Only administrators may invite.',
  options: {
    days: { takes: 'COUNT', help: `How long the code is good, up to ${DAYS_MAX}.`, byDefault: '7' },
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
    const days = Number(flags.days ?? 7);
    if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) {
      throw new UsageError(`--days ${flags.days}: expected a whole number from 1 to ${DAYS_MAX}.`);
    }
    const folder = new ProfileFolder(flags);
    const profile = folder.require();
    await using open = await openClient(folder, profile, 'send', { connect: false });
    if (open === undefined)
      throw new UsageError('maru send is running with this profile: wait until it is done.');
    try {
      const body = { expiresInS: days * DAY_S };
      const { invite: code, link = code } = await open.client.api.createInvite({ body });
      console.log(link);
      return 0;
    } catch (error) {
      return explain(error, profile.server);
    }
  },
};
