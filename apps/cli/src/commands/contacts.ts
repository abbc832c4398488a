import type { Api } from '@maru/client';
import { limits } from '@maru/protocol';
import type { Command } from '../command.ts';
import { profileOption } from '../profile/profile.ts';
import { dateTime } from '../terminal/date-time.ts';
import { printableJson } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import { asSignedIn } from './as-signed-in.ts';

type Listed = Awaited<ReturnType<Api['listContacts']>>['contacts'][number];

/** `maru contacts` */
export const contacts: Command = {
  about: [
    'Lists contacts, requests that wait for an answer in either direction, and whom you block, as the server has them.',
    'maru chat asks, accepts, refuses and blocks.',
  ].join('\n'),
  options: {
    json: { help: 'One JSON object a line, as GET /v1/contacts gives it.' },
    profile: profileOption,
  },
  examples: [
    { line: 'maru contacts', does: 'Everybody, with what they are to you.' },
    {
      line: `maru contacts --json | jq -r 'select(.state == "requested-by-them") | .handle'`,
      does: 'Who waits for an answer.',
    },
  ],
  exitCodes: {
    0: 'Done, also where there is nobody.',
    1: 'The server refused: this device was signed out.',
    2: 'A wrong option, or nobody is signed in.',
    3: "The server can't be reached.",
  },
  async run(flags) {
    return asSignedIn(flags, async (api) => {
      const listed = await everybody(api);
      const lines = flags.json === true ? listed.map((each) => printableJson(each)) : linesOf(listed);
      for (const line of lines) console.log(line);
      return 0;
    });
  },
};

async function everybody(api: Api): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (;;) {
    const after = listed.at(-1)?.user;
    const query = { limit: limits.CONTACTS_PAGE_MAX, ...(after !== undefined && { after }) };
    const page = await api.listContacts({ query });
    listed.push(...page.contacts);
    if (!page.more || page.contacts.length === 0) return listed;
  }
}

/** With their heading, by state and handle. */
function linesOf(listed: readonly Listed[]): string[] {
  if (listed.length === 0) return ['Nobody yet: /request @HANDLE in maru chat asks somebody.'];
  const rows = listed
    .toSorted((a, b) => (`${a.state} ${a.handle}` < `${b.state} ${b.handle}` ? -1 : 1))
    .map(({ handle, name, state, since, note }) => [`@${handle}`, state, dateTime(since), name, said(note)]);
  return table([['HANDLE', 'STATE', 'SINCE', 'NAME', 'NOTE'], ...rows]);
}

function said(note: Listed['note']): string {
  return note !== undefined && 'text' in note ? String(note.text).replaceAll('\n', ' ') : '';
}
