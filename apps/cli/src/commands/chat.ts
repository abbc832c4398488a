import type { MaruClient } from '@maru/client';
import { ChatCore } from '../chat/chat-core.ts';
import { LinesFront } from '../chat/lines/lines-front.ts';
import { ScreenFront } from '../chat/screen-front.ts';
import { initialUi } from '../chat/state/ui.ts';
import { coloursOf } from '../chat/terminal/theme.ts';
import { certificateText } from '../chat/texts/certificate-texts.ts';
import { languageOf } from '../chat/texts/language.ts';
import { type Command, type ExitCode, type Flags, UsageError } from '../command.ts';
import { openClient } from '../profile/open-client.ts';
import { type Profile, ProfileFolder, profileOption } from '../profile/profile.ts';
import { serverOf, serverOption } from '../profile/server-option.ts';
import { transportOf, transportOption } from '../profile/transport-option.ts';
import { complain } from '../terminal/complain.ts';
import { watchCertificate } from './certificate-fault.ts';
import { type Destination, destinationOf } from './find-room.ts';
import { isSettled, whyStopped } from './reach.ts';

/** Rows of a screen that is none: everything has room. */
const LINES_ROWS = 100_000;

/** `maru chat [@handle|ROOM]` */
export const chat: Command = {
  takes: '[@HANDLE|ROOM]',
  positionals: [0, 1],
  about: [
    'A messenger for the whole terminal: rooms, messages, and a place to write in. It starts without a server, too: what is',
    'stored here is shown, and what is written is kept and sent later. /help inside shows commands and keys; /quit, or',
    'Ctrl+C twice, leaves. Texts are Korean or English by LC_ALL, LC_MESSAGES or LANG; NO_COLOR takes the colours away.',
  ].join('\n'),
  options: {
    'screen-reader': {
      help: 'Only append lines, for a screen reader, a pipe, or a simple terminal (TERM=dumb does the same).',
    },
    plain: { help: 'Send what is written to the byte: **bold** and the like mean nothing.' },
    'no-mouse': { help: 'Leave the mouse to the terminal; /mouse changes it.' },
    profile: profileOption,
    transport: transportOption,
    server: {
      ...serverOption,
      help: 'Where the server is now, if it has moved.',
      byDefault: "the profile's",
    },
  },
  examples: [
    { line: 'maru chat', does: 'Everything; the newest room is open.' },
    { line: 'maru chat @jun', does: 'Opens the room with @jun, made if there is none.' },
    { line: 'LANG=ko_KR.UTF-8 maru chat', does: 'In Korean.' },
    { line: 'maru chat --screen-reader', does: 'Line by line, to be read aloud.' },
  ],
  exitCodes: {
    0: 'Left, or told to stop.',
    1: 'It failed while at work, or this device was signed out.',
    2: 'A wrong option, no terminal, nobody is signed in, or the profile is sending elsewhere.',
  },
  async run(flags, [to]) {
    const destination = to === undefined ? undefined : destinationOf(to);
    const folder = new ProfileFolder(flags);
    const profile = profileFor(folder, flags);
    const lines = flags['screen-reader'] === true || process.env.TERM === 'dumb';
    if (!lines && !(process.stdin.isTTY && process.stdout.isTTY)) {
      throw new UsageError('maru chat needs a terminal; --screen-reader works in a pipe, too.');
    }
    await using open = await openClient(folder, profile, 'send', { transport: transportOf(flags) });
    if (open === undefined) {
      throw new UsageError(
        `maru chat or maru send is running with the profile ${folder.name}: stop it first, or add --profile NAME.`,
      );
    }
    return await talk({
      client: open.client,
      folder,
      profile,
      destination,
      lines,
      mouse: flags['no-mouse'] !== true,
      markup: flags.plain !== true,
    });
  },
};

function profileFor(folder: ProfileFolder, flags: Flags): Profile {
  const profile = folder.require();
  return flags.server === undefined ? profile : { ...profile, server: serverOf(flags) };
}

interface Talk {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly profile: Profile;
  readonly destination: Destination | undefined;
  readonly lines: boolean;
  readonly mouse: boolean;
  readonly markup: boolean;
}

async function talk({ client, folder, profile, destination, lines, mouse, markup }: Talk): Promise<ExitCode> {
  const ui = { ...initialUi(80, lines ? LINES_ROWS : 24, mouse), appends: lines };
  const { handle } = profile;
  const language = languageOf(process.env);
  const core = new ChatCore({ client, folder, handle, language, ui, markup });
  const front = lines ? new LinesFront(core) : new ScreenFront(core, coloursOf(process.env), mouse);
  const stop = () => front.stop();
  const crash = (error: unknown) => front.failed(error);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('SIGINT', () => front.interrupt());
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, crash);
  // Last of all, however it ends.
  process.on('exit', () => front.leave());
  const unwatch = watchCertificate(client, profile.server, (fault) =>
    core.dispatch({ kind: 'notice', notice: { tone: 'bad', text: certificateText(fault, language) } }),
  );
  try {
    front.start(begin(core, destination));
    await front.ended;
  } catch (error) {
    front.leave();
    console.error('maru: chat failed, and what was written is kept:', error);
    return 1;
  } finally {
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.off(event, crash);
    front.leave();
    unwatch();
    core.close();
  }
  if (client.connection.state !== 'stopped') return 0;
  complain(whyStopped(client));
  return 1;
}

/**
 * On a new device the rooms come with the first sync; nobody has to wait for a server that does not answer to write
 * `/quit`.
 */
async function newest(core: ChatCore): Promise<void> {
  const { client } = core;
  const opened = client
    .until(() => client.allRooms.length > 0 || isSettled(client))
    .then(() => core.openNewest());
  await Promise.race([opened, client.until(() => client.connection.state === 'waiting')]);
}

/** Opens the room that was asked for, else the newest. */
async function begin(core: ChatCore, destination: Destination | undefined): Promise<void> {
  switch (destination?.kind) {
    case 'person':
      await core.give({ kind: 'direct', handle: destination.handle, text: '' });
      break;
    case 'room':
      core.dispatch({ kind: 'go', room: destination.room });
      break;
    case 'name':
      core.write(`/go ${destination.name}`);
      break;
    case undefined:
      return newest(core);
  }
}
