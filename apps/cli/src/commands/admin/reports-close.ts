import { reportNote } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../../command.ts';
import { printableJson } from '../../terminal/printable.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { reportNumberOf } from './report-number.ts';

/** `maru admin reports close` */
export const reportsClose: Command = {
  takes: 'NUMBER',
  positionals: [1, 1],
  about: [
    'Closes a report, which erases the message that it quotes. To suspend somebody: maru admin suspend. With --reopen it',
    'opens a closed one again; what it quoted stays erased.',
  ].join('\n'),
  options: {
    ...adminOptions,
    remark: { takes: 'TEXT', help: 'What was done about it, for other administrators.' },
    reopen: { help: 'Open it again instead.' },
  },
  examples: [
    {
      line: "maru admin reports close 7 --remark 'Asked to stop.'",
      does: 'Closes the report with the number 7.',
    },
    { line: 'maru admin reports close 7 --reopen', does: 'Opens it again.' },
  ],
  exitCodes: {
    ...adminExitCodes,
    1: 'The server refused: you are not an administrator, or there is no such report.',
  },
  async run(flags, [given = '']) {
    const report = reportNumberOf(given);
    const state = flags.reopen === true ? 'open' : 'closed';
    const remark = remarkOf(flags);
    return asSignedIn(flags, async (api) => {
      const body = { state, ...(remark !== undefined && { remark }) } as const;
      const changed = await api.putReport({ params: { report }, body });
      if (flags.json === true) console.log(printableJson(changed));
      else console.log(`Report ${changed.report} is ${changed.state}.`);
      return 0;
    });
  },
};

/** @throws {UsageError} */
function remarkOf({ remark, reopen }: Flags): string | undefined {
  if (remark === undefined) return undefined;
  if (reopen === true) throw new UsageError('A report that is opened again has no remark: leave one out.');
  const given = reportNote.safeParse(remark);
  if (given.success) return given.data;
  throw new UsageError(`--remark: ${given.error.issues[0]?.message ?? 'not a text'}.`);
}
