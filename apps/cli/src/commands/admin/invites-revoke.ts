import { inviteId } from '@maru/protocol';
import { type Command, UsageError } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';

/** `maru admin invites revoke` */
export const invitesRevoke: Command = {
  takes: 'ID',
  positionals: [1, 1],
  about: 'Takes an invite back that nobody has used yet: it lets nobody in any more.',
  options: adminOptions,
  examples: [
    { line: 'maru admin invites list', does: 'Shows the ids.' },
    { line: 'maru admin invites revoke 9f86d081884c7d65', does: 'Takes one back.' },
  ],
  exitCodes: { ...adminExitCodes, 1: 'The server refused: there is no such invite, or it was used already.' },
  async run(flags, [given = '']) {
    const id = inviteId.safeParse(given);
    if (!id.success) {
      throw new UsageError(`${given} is not the id of an invite; see maru admin invites list.`);
    }
    return asSignedIn(flags, async (api) => {
      await api.revokeInvite({ params: { invite: id.data } });
      const line = 'The invite lets nobody in any more.';
      console.log(flags.json === true ? printableJson({ id: id.data, revoked: true }) : line);
      return 0;
    });
  },
};
