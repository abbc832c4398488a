import { limits } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../../command.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { patiently } from './patiently.ts';
import { reportLines } from './report-lines.ts';
import { reportNumberOf } from './report-number.ts';

/** `maru admin reports list` */
export const reportsList: Command = {
  about: [
    'Lists what people reported, the newest first. Shown are those that nobody has closed yet, unless --closed or --any',
    'says otherwise.',
  ].join('\n'),
  options: {
    ...adminOptions,
    ...pageOptions,
    before: { takes: 'NUMBER', help: 'Begin before this report: where the page before ended.' },
    closed: { help: 'Closed ones.' },
    any: { help: 'Open and closed ones.' },
  },
  examples: [
    { line: 'maru admin reports list', does: 'What is to be looked at.' },
    { line: 'maru admin reports list --any --all --json', does: 'All of them, a page a line.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags) {
    const limit = pageSize(flags, flags.all === true ? limits.ADMIN_PAGE_MAX : limits.ADMIN_PAGE_DEFAULT);
    const state = stateOf(flags);
    let before = typeof flags.before === 'string' ? reportNumberOf(flags.before) : undefined;
    return asSignedIn(flags, async (api) => {
      let isFirst = true;
      for (;;) {
        const query = { state, limit, ...(before !== undefined && { before }) };
        const page = await patiently(() => api.listReports({ query }));
        if (flags.json === true) console.log(printableJson(page));
        else for (const line of reportLines(page.reports).slice(isFirst ? 0 : 1)) console.log(line);
        isFirst = false;
        before = page.next;
        if (before === undefined) return 0;
        if (flags.all !== true) {
          if (flags.json !== true)
            console.error(`There are more: --before ${printable(String(before))}, or --all.`);
          return 0;
        }
      }
    });
  },
};

/** @throws {UsageError} */
function stateOf({ closed, any }: Flags): 'open' | 'closed' | 'all' {
  if (closed === true && any === true) throw new UsageError('Give --closed or --any, not both.');
  if (any === true) return 'all';
  return closed === true ? 'closed' : 'open';
}
