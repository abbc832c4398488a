import type { Api } from '@maru/client';
import type { Account } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { printPages } from './print-pages.ts';

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
    const { after } = flags;
    return asSignedIn(flags, async (api) => {
      await printPages(
        typeof after === 'string' ? { ...flags, after: after.replace(/^@/, '') } : flags,
        (from) => api.listAccounts({ query: { ...query, ...from } }),
        ({ accounts }) => linesOf(accounts),
      );
      return 0;
    });
  },
};

/** @throws {UsageError} */
function queryOf(flags: Flags): Query {
  if (flags.administrators === true && flags.suspended === true) {
    throw new UsageError('Give --administrators or --suspended, not both.');
  }
  return {
    limit: pageSize(flags),
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
