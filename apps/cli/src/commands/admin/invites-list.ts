import type { OpenInvite } from '@maru/protocol';
import type { Command } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { printPages } from './print-pages.ts';

/** `maru admin invites list` */
export const invitesList: Command = {
  about: [
    'Lists invites that somebody can still use, the first to expire first. An invite is named by an id, which lets nobody',
    'in: its code was shown once, to who made it.',
  ].join('\n'),
  options: {
    ...adminOptions,
    ...pageOptions,
    after: { takes: 'NEXT', help: 'Begin where the page before ended.' },
  },
  examples: [
    { line: 'maru admin invites list', does: 'The first page.' },
    { line: 'maru admin invites list --all --json', does: 'All of them, a page a line.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags) {
    const limit = pageSize(flags);
    return asSignedIn(flags, async (api) => {
      await printPages(
        flags,
        (from) => api.listInvites({ query: { limit, ...from } }),
        ({ invites }) => linesOf(invites),
      );
      return 0;
    });
  },
};

/** With their heading. */
function linesOf(invites: readonly OpenInvite[]): string[] {
  const rows = invites.map(({ id, createdBy, expiresAt, administrator }) => [
    id,
    dateTime(expiresAt),
    createdBy === undefined ? 'the server' : `@${createdBy.handle}`,
    administrator ? 'makes the administrator' : '',
  ]);
  return table([['ID', 'EXPIRES', 'MADE BY', ''], ...rows]);
}
