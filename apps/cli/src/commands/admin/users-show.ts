import type { Command } from '../../command.ts';
import { dateTime } from '../../terminal/date-time.ts';
import { printableJson } from '../../terminal/printable.ts';
import { table } from '../../terminal/table.ts';
import { asSignedIn } from '../as-signed-in.ts';
import { adminExitCodes, adminOptions } from './admin-options.ts';
import { whom } from './whom.ts';

/** `maru admin users show` */
export const usersShow: Command = {
  takes: 'HANDLE|USER-ID',
  positionals: [1, 1],
  about: 'Shows one account. Nothing of what anybody wrote is shown, to administrators neither.',
  options: adminOptions,
  examples: [
    { line: 'maru admin users show mina', does: '@mina.' },
    { line: 'maru admin users show mina --json | jq .state', does: 'Whether @mina is suspended.' },
  ],
  exitCodes: adminExitCodes,
  async run(flags, [given = '']) {
    return asSignedIn(flags, async (api) => {
      const account = await api.getAccount({ params: { user: (await whom(api, given)).user } });
      if (flags.json === true) {
        console.log(printableJson(account));
        return 0;
      }
      const { user, handle, name, state, administrator, createdAt, devices, rooms, lastSeenAt } = account;
      const rows = [
        ['handle', `@${handle}`],
        ['name', name],
        ['id', user],
        ['state', state],
        ['administrator', administrator ? 'yes' : 'no'],
        ['since', dateTime(createdAt)],
        ['last seen', dateTime(lastSeenAt)],
        ['devices', String(devices)],
        ['rooms', String(rooms)],
      ];
      if (account.suspendedAt !== undefined) rows.push(['suspended', dateTime(account.suspendedAt)]);
      if (account.deletedAt !== undefined) rows.push(['deleted', dateTime(account.deletedAt)]);
      for (const line of table(rows)) console.log(line);
      return 0;
    });
  },
};
