import type { Figures } from '@maru/protocol';
import type { Command } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { printableJson } from '../../terminal/printable.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';

const MB = 1_000_000;
const GB = 1_000 * MB;

/** `maru admin figures` */
export const figures: Command = {
  about: [
    'Shows how the server is at work: sessions now, and what was counted since its start. Numbers alone; what a Prometheus',
    'collects is at --metrics-port of maru serve.',
  ].join('\n'),
  options: adminOptions,
  examples: [
    { line: 'maru admin figures', does: 'Once, for people.' },
    { line: 'watch -n 5 maru admin figures', does: 'Again and again.' },
    { line: 'maru admin figures --json | jq .sessions', does: 'One of them, for a script.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags) {
    return asSignedIn(flags, async (api) => {
      const answer = await api.getFigures();
      if (flags.json === true) console.log(printableJson(answer));
      else for (const line of table(rowsOf(answer))) console.log(line);
      return 0;
    });
  },
};

function rowsOf({ machine, ...figures }: Figures): string[][] {
  const rows: [string, number | string][] = [
    ['version', figures.version],
    ['since', dateTime(figures.startedAt)],
    ['sessions', figures.sessions],
    ['of them without a socket', figures.polledSessions],
    ['frames received', figures.framesReceived],
    ['frames sent', figures.framesSent],
    ['sessions cut as slow', figures.slowSessions],
    ['frames over their rate', figures.rateLimited],
    ['failed log-ins', figures.logInFailures],
    ['dead letters', figures.deadLetters],
    ['entries waiting for the log', figures.commitQueue],
    ['entries waiting for projections', figures.viewsLag],
    ...(machine === undefined ? [] : machineRows(machine)),
  ];
  return rows.map(([name, value]) => [name, String(value)]);
}

function machineRows(machine: NonNullable<Figures['machine']>): [string, string][] {
  return [
    ['memory', `${(machine.memoryBytes / MB).toFixed(0)} MB`],
    ['processor time', `${(machine.cpuMs / 1_000).toFixed(0)} s`],
    ['data', `${(machine.dataBytes / MB).toFixed(1)} MB`],
    ['free on its disk', `${(machine.freeBytes / GB).toFixed(1)} GB`],
  ];
}
