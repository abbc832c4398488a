import { displayName } from '@maru/protocol';
import { type Command, UsageError } from '../command.ts';
import { inviteOf, inviteOption } from '../profile/invite-option.ts';
import { ProfileFolder, profileOption } from '../profile/profile.ts';
import { serverOf, serverOption } from '../profile/server-option.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { printable } from '../terminal/printable.ts';
import { apiOf, explain, handleOf, keepSignedIn, newDevice, signInExitCodes } from './sign-in.ts';
import { beginHere } from './tail-places.ts';

/** `maru sign-up HANDLE` */
export const signUp: Command = {
  takes: 'HANDLE',
  positionals: [1, 1],
  about: [
    'Makes an account and signs this device in. The password is asked for, or read from what is piped in, or taken from',
    'MARU_PASSWORD. Recovery codes are shown once: each sets a new password, once, should it be forgotten.',
  ].join('\n'),
  options: {
    name: { takes: 'NAME', help: 'The name that others see.', byDefault: 'the handle' },
    invite: inviteOption,
    profile: profileOption,
    server: serverOption,
  },
  examples: [
    {
      line: 'maru sign-up mina --name "Mina"',
      does: 'Makes the account @mina on the server of this machine.',
    },
    { line: 'maru sign-up jun --profile jun', does: 'Somebody else on the same machine.' },
    {
      line: 'maru sign-up mina --server https://chat.example.org --invite ABCD-EFGH-JKLM-NPQR',
      does: 'On another server, with an invite.',
    },
    {
      line: 'maru sign-up mina --invite https://chat.example.org/#invite=ABCD-EFGH-JKLM-NPQR',
      does: 'The same, with a link.',
    },
  ],
  exitCodes: signInExitCodes,
  async run(flags, [given]) {
    const { code, server: invitedTo } = inviteOf(flags);
    const server = serverOf({ server: flags.server ?? invitedTo });
    const handle = handleOf(given);
    const folder = new ProfileFolder(flags);
    const known = folder.read();
    if (known !== undefined) {
      throw new UsageError(
        `@${known.handle} is signed in here already: add --profile NAME for somebody else.`,
      );
    }
    const name = displayName.safeParse(flags.name ?? handle);
    if (!name.success) throw new UsageError(`--name ${flags.name}: expected 1 to 64 characters.`);
    const password = await askPassword(true);
    try {
      const { recoveryCodes, ...signedIn } = await apiOf(server).signUp({
        body: {
          handle,
          name: name.data,
          password,
          ...(code !== undefined && { invite: code }),
          device: newDevice(folder.name),
        },
      });
      // First of all what is shown only once.
      console.log(
        [
          `Signed up as @${handle}. Keep these recovery codes; they are not shown again:`,
          ...recoveryCodes.map((code) => `  ${printable(code)}`),
        ].join('\n'),
      );
      await keepSignedIn(folder, server, signedIn);
      beginHere(folder, []);
      return 0;
    } catch (error) {
      return explain(error, server);
    }
  },
};
