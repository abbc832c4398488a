import type { Api, ProfileChange } from '@maru/client';
import { displayName, limits, type Profile, statusLine } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../command.ts';
import { profileOption } from '../profile/profile.ts';
import { printableJson } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import { asSignedIn } from './as-signed-in.ts';
import { handleOf } from './sign-in.ts';

/** `maru profile` */
export const profile: Command = {
  takes: '[@HANDLE]',
  positionals: [0, 1],
  about: [
    'Shows what others see of you, or of somebody else. With --name or --status it changes what they see of you: it is',
    'shown at once to everybody who shares a room with you.',
  ].join('\n'),
  options: {
    name: { takes: 'NAME', help: `What you are called, up to ${limits.DISPLAY_NAME_CHARS_MAX} characters.` },
    status: {
      takes: 'TEXT',
      help: `A line about how you are, up to ${limits.STATUS_LINE_CHARS_MAX} characters; '' takes it away.`,
    },
    profile: profileOption,
    json: { help: 'Print JSON in one line.' },
  },
  examples: [
    { line: 'maru profile', does: 'What others see of you.' },
    { line: 'maru profile @jun', does: 'Who @jun is.' },
    { line: "maru profile --name 'Mina Kim' --status 'On the train'", does: 'Changes both.' },
    { line: "maru profile --status ''", does: 'Takes the status away.' },
  ],
  exitCodes: {
    0: 'The profile is on standard output, as it is now.',
    1: 'The server refused: there is no such person, or this device was signed out.',
    2: 'A wrong option, or nobody is signed in here.',
    3: "The server can't be reached.",
  },
  async run(flags, [whose]) {
    const change = changeOf(flags);
    if (whose !== undefined && Object.keys(change).length > 0)
      throw new UsageError('Only your own profile can be changed: leave the handle out.');
    return asSignedIn(flags, async (api) => {
      const shown = await profileFrom(api, change, whose);
      if (flags.json === true) console.log(printableJson(shown));
      else for (const line of linesOf(shown)) console.log(line);
      return 0;
    });
  },
};

async function profileFrom(api: Api, change: ProfileChange, whose: string | undefined): Promise<Profile> {
  if (whose !== undefined) return api.findUser({ query: { handle: handleOf(whose) } });
  const { user, handle, name, status, changedAt } = await (Object.keys(change).length === 0
    ? api.getMe()
    : api.updateMe({ body: change }));
  return { user, handle, name, ...(status !== undefined && { status }), changedAt };
}

/** @throws {UsageError} */
function changeOf({ name, status }: Flags): ProfileChange {
  const parsedName = name === undefined ? undefined : displayName.safeParse(name);
  if (parsedName?.success === false)
    throw new UsageError(`--name: ${parsedName.error.issues[0]?.message ?? 'not a name'}.`);
  const parsedStatus = status === undefined ? undefined : statusLine.safeParse(status);
  if (parsedStatus?.success === false)
    throw new UsageError(`--status: ${parsedStatus.error.issues[0]?.message ?? 'not a line'}.`);
  return {
    ...(parsedName !== undefined && { name: parsedName.data }),
    ...(parsedStatus !== undefined && { status: parsedStatus.data }),
  };
}

function linesOf({ user, handle, name, status = '' }: Profile): string[] {
  const rows = [
    ['handle', `@${handle}`],
    ['name', name],
    ['status', status],
    ['id', user],
  ];
  return table(rows.filter(([, value]) => value !== ''));
}
