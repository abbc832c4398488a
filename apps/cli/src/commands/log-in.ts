import type { Cursor, RoomEntry, SignedIn } from '@maru/protocol';
import { type Command, UsageError } from '../command.ts';
import { ProfileFolder, profileOption } from '../profile/profile.ts';
import { serverOf, serverOption } from '../profile/server-option.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { apiOf, explain, handleOf, keepSignedIn, newDevice, signInExitCodes } from './sign-in.ts';
import { beginHere } from './tail-places.ts';

/** `maru log-in HANDLE` */
export const logIn: Command = {
  takes: 'HANDLE',
  positionals: [1, 1],
  about: [
    'Signs this device in to an account that exists. The password is asked for, or read from what is piped in, or taken',
    'from MARU_PASSWORD. Who was signed in before with this profile goes on where they stopped.',
  ].join('\n'),
  options: { profile: profileOption, server: serverOption },
  examples: [
    { line: 'maru log-in mina', does: 'A second device of @mina, or the first one again.' },
    { line: 'echo "$PASSWORD" | maru log-in bot --profile bot', does: 'In a script.' },
  ],
  exitCodes: signInExitCodes,
  async run(flags, [given]) {
    const handle = handleOf(given);
    const folder = new ProfileFolder(flags);
    const known = folder.read();
    const server = known !== undefined && flags.server === undefined ? known.server : serverOf(flags);
    if (known !== undefined && (known.handle !== handle || known.server !== server)) {
      throw new UsageError(
        `The profile ${folder.name} is @${known.handle}'s on ${known.server}: add --profile NAME for another.`,
      );
    }
    const password = await askPassword(false);
    try {
      const device = { ...newDevice(folder.name), ...(known !== undefined && { device: known.device }) };
      const signedIn = await apiOf(server).logIn({ body: { handle, password, device } });
      if (known === undefined) beginHere(folder, await heads(server, signedIn));
      await keepSignedIn(folder, server, signedIn);
      console.log(`Logged in as @${handle}.`);
      return 0;
    } catch (error) {
      return explain(error, server);
    }
  },
};

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
