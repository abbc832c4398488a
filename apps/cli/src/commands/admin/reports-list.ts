import { type Command, type Flags, UsageError } from '../../command.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { pageOptions, pageSize } from './page-options.ts';
import { printPages } from './print-pages.ts';
import { reportLines } from './report-lines.ts';

/** `maru admin reports list` */
export const reportsList: Command = {
  about: [
    'Lists what people reported, the newest first. Shown are those that nobody has closed yet, unless --closed or --any',
    'says otherwise.',
  ].join('\n'),
  options: {
    ...adminOptions,
    ...pageOptions,
    after: { takes: 'NUMBER', help: 'Begin behind this report: where the page before ended.' },
    closed: { help: 'Closed ones.' },
    any: { help: 'Open and closed ones.' },
  },
  examples: [
    { line: 'maru admin reports list', does: 'What is to be looked at.' },
    { line: 'maru admin reports list --any --all --json', does: 'All of them, a page a line.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags) {
    const limit = pageSize(flags);
    const state = stateOf(flags);
    return asSignedIn(flags, async (api) => {
      await printPages(
        flags,
        (from) => api.listReports({ query: { state, limit, ...from } }),
        ({ reports }) => reportLines(reports),
      );
      return 0;
    });
  },
};

/** @throws {UsageError} */
function stateOf({ closed, any }: Flags): 'open' | 'closed' | 'all' {
  if (closed === true && any === true) throw new UsageError('Give --closed or --any, not both.');
  if (any === true) return 'all';
  return closed === true ? 'closed' : 'open';
}
