import type { Api } from '@maru/client';
import { type Account, limits } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { patiently } from './patiently.ts';

type Query = NonNullable<NonNullable<Parameters<Api['listAccounts']>[0]>['query']>;

/** `maru admin users list` */
export const usersList: Command = {
  about: [
    'Lists accounts by handle, deleted ones included. A server may have very many: they come a page at a time, and',
    '--all reads one page after the other.',
  ].join('\n'),
  options: {
    ...adminOptions,
    ...pageOptions,
    after: { takes: 'HANDLE', help: 'Begin behind this handle: where the page before ended.' },
    administrators: { help: 'Administrators only.' },
    suspended: { help: 'Suspended accounts only.' },
  },
  examples: [
    { line: 'maru admin users list', does: 'The first page.' },
    { line: 'maru admin users list --after jun', does: 'The page behind @jun.' },
    { line: 'maru admin users list --suspended', does: 'Who is suspended.' },
    { line: 'maru admin users list --all --json | jq -r .accounts[].handle', does: 'All handles.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags) {
    const query = queryOf(flags);
    return asSignedIn(flags, async (api) => {
      let after = query.after;
      let isFirst = true;
      for (;;) {
        const from = { ...query, ...(after !== undefined && { after }) };
        const page = await patiently(() => api.listAccounts({ query: from }));
        if (flags.json === true) console.log(printableJson(page));
        else for (const line of linesOf(page.accounts).slice(isFirst ? 0 : 1)) console.log(line);
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

/** @throws {UsageError} */
function queryOf(flags: Flags): Query {
  if (flags.administrators === true && flags.suspended === true) {
    throw new UsageError('Give --administrators or --suspended, not both.');
  }
  const limit = pageSize(flags, flags.all === true ? limits.ADMIN_PAGE_MAX : limits.ADMIN_PAGE_DEFAULT);
  return {
    limit,
    ...(typeof flags.after === 'string' && { after: flags.after.replace(/^@/, '') }),
    ...(flags.administrators === true && { only: 'administrators' }),
    ...(flags.suspended === true && { only: 'suspended' }),
  };
}

/** With their heading. */
function linesOf(accounts: readonly Account[]): string[] {
  const rows = accounts.map(({ handle, name, state, administrator, createdAt }) => [
    `@${handle}`,
    administrator ? `${state}, administrator` : state,
    dateTime(createdAt),
    name,
  ]);
  return table([['HANDLE', 'STATE', 'SINCE', 'NAME'], ...rows]);
}
