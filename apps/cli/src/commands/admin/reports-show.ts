import type { Command } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { wholeReport } from './report-lines.ts';
import { reportNumberOf } from './report-number.ts';

/** `maru admin reports show` */
export const reportsShow: Command = {
  takes: 'NUMBER',
  positionals: [1, 1],
  about: [
    'Shows all of one report. The text of a message is there only if its reporter included it, and as long as the report',
    'is open.',
  ].join('\n'),
  options: adminOptions,
  examples: [{ line: 'maru admin reports show 7', does: 'The report with the number 7.' }],
  exitCodes: {
    ...adminExitCodes,
    1: 'The server refused: you are not an administrator, or there is no such report.',
  },
  async run(flags, [given = '']) {
    const report = reportNumberOf(given);
    return asSignedIn(flags, async (api) => {
      const shown = await api.getReport({ params: { report } });
      if (flags.json === true) console.log(printableJson(shown));
      else for (const line of wholeReport(shown)) console.log(line);
      return 0;
    });
  },
};
