import { type Api, avatarUpload, InvalidCommand, type ProfileChange, type Upload } from '@maru/client';
import { displayName, limits, type Me, type Profile, statusLine } from '@maru/protocol';
import { type Command, type Flags, UsageError } from '../command.ts';
import { profileOption } from '../profile/profile.ts';
import { readPicture } from '../profile/read-picture.ts';
import { printableJson } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import { asSignedIn } from './as-signed-in.ts';
import { handleOf } from './sign-in.ts';

/** `maru profile` */
export const profile: Command = {
  takes: '[@HANDLE]',
  positionals: [0, 1],
  about: [
    'Shows what others see of you, or of somebody else. With --name, --status, --avatar or --no-avatar it changes',
    'what they see of you: it is shown at once to everybody who shares a room with you.',
  ].join('\n'),
  options: {
    name: { takes: 'NAME', help: `What you are called, up to ${limits.DISPLAY_NAME_CHARS_MAX} characters.` },
    status: {
      takes: 'TEXT',
      help: `A line about how you are, up to ${limits.STATUS_LINE_CHARS_MAX} characters; '' takes it away.`,
    },
    avatar: {
      takes: 'FILE',
      help: 'A picture: PNG, JPEG or WebP, up to 512 KB. Of it 256×256 pixels are kept.',
    },
    'no-avatar': { help: 'Take the picture away.' },
    profile: profileOption,
    json: { help: 'Print JSON in one line.' },
  },
  examples: [
    { line: 'maru profile', does: 'What others see of you.' },
    { line: 'maru profile @jun', does: 'Who @jun is.' },
    { line: "maru profile --name 'Mina Kim' --status 'On the train'", does: 'Changes both.' },
    {
      line: 'maru profile --avatar me.jpg',
      does: 'A picture, cut from the middle; where it was taken is left out.',
    },
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
    const avatar = await avatarOf(flags);
    const changes = Object.keys(change).length > 0 || avatar !== undefined;
    if (whose !== undefined && changes)
      throw new UsageError('Only your own profile can be changed: leave the handle out.');
    return asSignedIn(flags, async (api) => {
      const shown =
        whose === undefined
          ? profileOf(await changed(api, change, avatar))
          : await api.findUser({ query: { handle: handleOf(whose) } });
      if (flags.json === true) console.log(printableJson(shown));
      else for (const line of linesOf(shown)) console.log(line);
      return 0;
    });
  },
};

/** A picture to be set, or `'none'` for one to be taken away. */
type AvatarChange = Upload | 'none' | undefined;

/** Carries out what is to be changed, and gives the account as it is then. */
async function changed(api: Api, change: ProfileChange, avatar: AvatarChange): Promise<Me> {
  const changes = Object.keys(change).length > 0;
  let me = await (changes ? api.updateMe({ body: change }) : api.getMe());
  if (avatar !== undefined) {
    me = await (avatar === 'none' ? api.deleteAvatar() : api.putAvatar({ upload: avatar }));
  }
  return me;
}

function profileOf({ user, handle, name, status, avatar, changedAt }: Me): Profile {
  return {
    ...{ user, handle, name },
    ...(status !== undefined && { status }),
    ...(avatar !== undefined && { avatar }),
    changedAt,
  };
}

/** @throws {UsageError} */
async function avatarOf(flags: Flags): Promise<AvatarChange> {
  const none = flags['no-avatar'] === true;
  if (typeof flags.avatar !== 'string') return none ? 'none' : undefined;
  if (none) throw new UsageError('Give --avatar or --no-avatar, not both.');
  try {
    return avatarUpload(await readPicture(flags.avatar));
  } catch (error) {
    if (error instanceof InvalidCommand) throw new UsageError(`--avatar ${flags.avatar}: ${error.message}`);
    throw new UsageError(`--avatar ${flags.avatar}: the file can't be read.`);
  }
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

function linesOf({ user, handle, name, status = '', avatar = '' }: Profile): string[] {
  const rows = [
    ['handle', `@${handle}`],
    ['name', name],
    ['status', status],
    ['avatar', avatar],
    ['id', user],
  ];
  return table(rows.filter(([, value]) => value !== ''));
}
