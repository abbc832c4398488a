import { limits, type OpenInvite } from '@maru/protocol';
import type { Command } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { patiently } from './patiently.ts';

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
    const limit = pageSize(flags, flags.all === true ? limits.ADMIN_PAGE_MAX : limits.ADMIN_PAGE_DEFAULT);
    return asSignedIn(flags, async (api) => {
      let after = typeof flags.after === 'string' ? flags.after : undefined;
      let isFirst = true;
      for (;;) {
        const query = { limit, ...(after !== undefined && { after }) };
        const page = await patiently(() => api.listInvites({ query }));
        if (flags.json === true) console.log(printableJson(page));
        else for (const line of linesOf(page.invites).slice(isFirst ? 0 : 1)) console.log(line);
        isFirst = false;
        after = page.next;
        if (after === undefined) return 0;
        if (flags.all !== true) {
          if (flags.json !== true) console.error(`There are more: --after ${printable(after)}, or --all.`);
          return 0;
        }
      }
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
