import type { Cursor, RoomEntry, SignedIn } from '@maru/protocol';
import { type Command, UsageError } from '../command.ts';
import { ProfileFolder, profileOption } from '../profile/profile.ts';
import { serverOf, serverOption } from '../profile/server-option.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { printable } from '../terminal/printable.ts';
import { logInByLink } from './log-in-by-link.ts';
import { apiOf, explain, handleOf, keepSignedIn, newDevice, signInExitCodes } from './sign-in.ts';
import { beginHere } from './tail-places.ts';

/** `maru log-in HANDLE` */
export const logIn: Command = {
  takes: '[HANDLE]',
  positionals: [0, 1],
  about: [
    'Signs this device in to an account that exists. The password is asked for, or read from what is piped in, or taken',
    'from MARU_PASSWORD. With --link no handle and no password are needed: a device that is signed in lets this one in.',
    'Who was signed in before with this profile goes on where they stopped.',
  ].join('\n'),
  options: {
    link: { help: 'Shows a code by which a device that is signed in lets this one in.' },
    profile: profileOption,
    server: serverOption,
  },
  examples: [
    { line: 'maru log-in mina', does: 'A second device of @mina, or the first one again.' },
    { line: 'echo "$PASSWORD" | maru log-in bot --profile bot', does: 'In a script.' },
    { line: 'maru log-in --link', does: 'Without a password, by a device that is signed in.' },
  ],
  exitCodes: signInExitCodes,
  async run(flags, [given]) {
    const handle = whoOf(given, flags.link === true);
    const folder = new ProfileFolder(flags);
    const known = folder.read();
    const server = known !== undefined && flags.server === undefined ? known.server : serverOf(flags);
    if (known !== undefined && ((handle ?? known.handle) !== known.handle || known.server !== server)) {
      throw new UsageError(
        `The profile ${folder.name} is @${known.handle}'s on ${known.server}: add --profile NAME for another.`,
      );
    }
    const device = { ...newDevice(folder.name), ...(known !== undefined && { device: known.device }) };
    const byPassword = async (handle: string) => {
      const password = await askPassword(false);
      return apiOf(server).logIn({ body: { handle, password, device } });
    };
    try {
      const signedIn = await (handle === undefined
        ? logInByLink({ server, deviceName: device.name, known })
        : byPassword(handle));
      if (known === undefined) beginHere(folder, await heads(server, signedIn));
      await keepSignedIn(folder, server, signedIn);
      console.log(`Logged in as @${printable(signedIn.handle)}.`);
      return 0;
    } catch (error) {
      return explain(error, server);
    }
  },
};

/**
 * Whose account it is to be; `undefined`: that of the device that lets this one in.
 * @throws {UsageError}
 */
function whoOf(given: string | undefined, byLink: boolean): string | undefined {
  if (!byLink && given !== undefined) return handleOf(given);
  if (byLink && given === undefined) return undefined;
  throw new UsageError(
    byLink
      ? 'With --link no HANDLE is given: the device that lets this one in has it.'
      : 'Whose? HANDLE, or --link.',
  );
}

/** Where every room is now: what a new device has not been there for is not news to it. */
async function heads(server: string, { token = '' }: SignedIn): Promise<RoomEntry[]> {
  const api = apiOf(server, token);
  const rooms: RoomEntry[] = [];
  let cursor: Cursor | undefined;
  for (;;) {
    const answer = await api.getSync({
      query: { eventsPerRoom: 0, ...(cursor !== undefined && { cursor }) },
    });
    rooms.push(...answer.rooms);
    if (!answer.more) return rooms;
    cursor = answer.cursor;
  }
}
