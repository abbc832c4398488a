import type { Command } from '../command.ts';
import { profileOption } from '../profile/profile.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { printable, printableJson } from '../terminal/printable.ts';
import { asSignedIn } from './as-signed-in.ts';

/** `maru recovery-codes` */
export const recoveryCodes: Command = {
  about: [
    'Makes new recovery codes in place of those that are left, and shows them once. Each sets a new password, once (maru',
    'recover). The password is asked for, or read from what is piped in, or taken from MARU_PASSWORD.',
  ].join('\n'),
  options: { profile: profileOption, json: { help: 'Print {"recoveryCodes"} in one line.' } },
  examples: [{ line: 'maru recovery-codes', does: 'After one was used, or where they were lost.' }],
  exitCodes: {
    0: 'The codes are on standard output.',
    1: 'The server refused: the password is wrong, or this device was signed out.',
    2: 'A wrong option, or nobody is signed in here.',
    3: "The server can't be reached.",
  },
  async run(flags) {
    return asSignedIn(flags, async (api) => {
      const answer = await api.renewRecoveryCodes({ body: { password: await askPassword(false) } });
      console.log(
        flags.json === true ? printableJson(answer) : answer.recoveryCodes.map(printable).join('\n'),
      );
      return 0;
    });
  },
};
