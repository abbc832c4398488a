import type { AccountDevice } from '@maru/protocol';
import type { Command } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { printableJson } from '../../terminal/printable.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { whom } from './whom.ts';

/** `maru admin devices` */
export const devices: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: [
    "Shows a user's devices: when each was last there, how far it has the inbox (a place in the log) against where the",
    'inbox ends, and what it still lacks. What a device said last is kept when it leaves; a crash of the server may',
    'lose the last minute of that, and it then seems to lack more than it does.',
  ].join('\n'),
  options: adminOptions,
  examples: [
    { line: 'maru admin devices mina', does: "@mina's devices." },
    {
      line: 'maru admin devices mina --json | jq ".devices[] | select(.lacks.events > 0)"',
      does: 'Those that lack something.',
    },
  ],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    return asSignedIn(flags, async (api) => {
      const answer = await api.listAccountDevices({ params: { user: (await whom(api, given)).user } });
      if (flags.json === true) {
        console.log(printableJson(answer));
        return 0;
      }
      const rows = answer.devices.map((device) => [
        device.device,
        device.connected ? 'now' : dateTime(device.lastSeenAt),
        device.cursor === undefined ? '-' : `${device.cursor} of ${answer.head}`,
        lacking(device),
        device.name,
      ]);
      for (const line of table([['DEVICE', 'LAST SEEN', 'CURSOR', 'LACKS', 'NAME'], ...rows])) {
        console.log(line);
      }
      return 0;
    });
  },
};

/** What a device lacks, in words. */
function lacking({ signedIn, lacks }: AccountDevice): string {
  if (!signedIn) return 'signed out';
  if (lacks === undefined) return 'not known';
  const { events, rooms, atLeast } = lacks;
  if (rooms === 0) return 'nothing';
  const count = `${atLeast ? 'at least ' : ''}${events} ${events === 1 ? 'event' : 'events'}`;
  return `${count} in ${rooms} ${rooms === 1 ? 'room' : 'rooms'}`;
}
