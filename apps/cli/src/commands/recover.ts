import { password as passwordSchema } from '@maru/protocol';
import { type Command, UsageError } from '../command.ts';
import { serverOf, serverOption } from '../profile/server-option.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { apiOf, explain, handleOf } from './sign-in.ts';

/** `maru recover` */
export const recover: Command = {
  takes: 'HANDLE',
  positionals: [1, 1],
  about: [
    'Sets a new password with a recovery code: one of those shown at sign-up, or the one that an administrator gave. The',
    'code is used up, and every device of the account is signed out. The password is asked for, or read from what is',
    'piped in, or taken from MARU_PASSWORD.',
  ].join('\n'),
  options: {
    code: { takes: 'CODE', help: 'The recovery code; case and dashes do not matter.' },
    server: serverOption,
  },
  examples: [
    { line: 'maru recover mina --code 1ymt-m5v7-1rgc-9y2w', does: 'Sets a new password for @mina.' },
    { line: 'maru log-in mina', does: 'Signs in with it.' },
  ],
  exitCodes: {
    0: 'The password is set.',
    1: 'The server refused: the handle or the code is wrong, or the code was used.',
    3: "The server can't be reached.",
  },
  async run(flags, [given]) {
    const handle = handleOf(given);
    const server = serverOf(flags);
    if (typeof flags.code !== 'string') throw new UsageError('Give the recovery code with --code CODE.');
    const next = passwordSchema.safeParse(await askPassword(true));
    if (!next.success) throw new UsageError(`The password needs ${next.error.issues[0]?.message}.`);
    try {
      const body = { handle, recoveryCode: flags.code, newPassword: next.data };
      await apiOf(server).recover({ body });
      console.log(
        `The password of @${handle} is set: maru log-in ${handle}. New codes: maru recovery-codes.`,
      );
      return 0;
    } catch (error) {
      return explain(error, server);
    }
  },
};
