import { ApiError, Disconnected, type MaruClient, NetworkError } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { type Command, type ExitCode, type Flags, UsageError } from '../command.ts';
import { openClient } from '../profile/open-client.ts';
import { type Profile, ProfileFolder, profileOption } from '../profile/profile.ts';
import { transportOf, transportOption } from '../profile/transport-option.ts';
import { complain } from '../terminal/complain.ts';
import { OutputClosed, printLine } from '../terminal/print-line.ts';
import { printableJson } from '../terminal/printable.ts';
import { certificateFaultIn, watchCertificate } from './certificate-fault.ts';
import { destinationOf, findRoom } from './find-room.ts';
import { reach, whyStopped } from './reach.ts';
import { tailLine, tailRecord } from './tail-line.ts';
import { TailPlaces } from './tail-places.ts';
import { unreachable } from './why-unreachable.ts';

/** Names that could not be asked for are asked for again. */
const RETRY_MS = 1_000;

/** `maru tail [@handle|ROOM]` */
export const tail: Command = {
  takes: '[@HANDLE|ROOM]',
  positionals: [0, 1],
  about: [
    'Prints messages as they come, one a line, until Ctrl-C or until nobody reads any more. It begins where the last maru',
    'tail of this device stopped, at first where the device was signed in: nothing is left out and nothing comes twice',
    '(a kill -9 may repeat the last lines). Without a server it waits for one.',
  ].join('\n'),
  options: {
    json: { help: 'One JSON object a line; its fields are in docs/cli.md.' },
    markup: { help: 'Print texts as they are written: **bold**, ||spoiler||.' },
    since: { takes: 'POINT', help: 'last, start (all that may be read) or now.', byDefault: 'last' },
    transport: transportOption,
    profile: profileOption,
  },
  examples: [
    { line: 'maru tail', does: 'Everything that is said.' },
    { line: 'maru tail @mina', does: 'What is said between oneself and @mina.' },
    {
      line: "maru tail --json | jq --unbuffered -r 'select(.own | not) | .text'",
      does: 'The texts of others, for a script.',
    },
  ],
  exitCodes: {
    0: 'Told to stop.',
    1: 'This device was signed out, or the server refused.',
    2: 'A wrong option, no such room, nobody is signed in, or another maru tail is running with the profile.',
    3: "The server can't be reached to find out who @HANDLE is.",
  },
  async run(flags, [of]) {
    const since = sinceOf(flags);
    const transport = transportOf(flags);
    const destination = of === undefined ? undefined : destinationOf(of);
    const folder = new ProfileFolder(flags);
    const profile = folder.require();
    await using open = await openClient(folder, profile, 'tail', { transport });
    if (open === undefined) {
      throw new UsageError(`Another maru tail is running with the profile ${folder.name}: stop it first.`);
    }
    const { client } = open;
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
    try {
      if (since === 'now' || destination?.kind === 'name') {
        const reached = await waiting(client, profile, () => reach(client, stop.signal));
        if (reached !== 'online') return reached === 'stopped' ? stopped(client) : 0;
      }
      const room = destination && (await findRoom(client, folder, destination));
      const shape = { json: flags.json === true, markup: flags.markup === true };
      const following = { client, folder, room, since, ...shape, stop };
      return await waiting(client, profile, () => follow(following));
    } catch (error) {
      return explain(error, profile);
    }
  },
};

/** Without a server it waits, and says nothing; but one that is not trusted will hardly be trusted later. */
async function waiting<T>(client: MaruClient, { server }: Profile, wait: () => Promise<T>): Promise<T> {
  const unwatch = watchCertificate(client, server, (fault) => complain(unreachable(server, fault)));
  try {
    return await wait();
  } finally {
    unwatch();
  }
}

interface Following {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly room: RoomId | undefined;
  readonly since: 'last' | 'start' | 'now';
  readonly json: boolean;
  readonly markup: boolean;
  readonly stop: AbortController;
}

async function follow({ client, folder, room, since, json, markup, stop }: Following): Promise<ExitCode> {
  const places = new TailPlaces(folder);
  const unsubscribe = client.subscribe(() => {
    if (client.connection.state === 'stopped') stop.abort();
  });
  const after =
    since === 'last'
      ? { after: (of: RoomId) => beginning(client, places, of, stop.signal) }
      : { from: since };
  const events = client.tail({ ...after, signal: stop.signal, ...(room !== undefined && { room }) });
  try {
    for await (const tailed of events) {
      const record = await insistent(() => tailRecord(client, tailed, { markup }), stop.signal);
      if (record === undefined) break;
      await printLine(json ? printableJson(record) : tailLine(record));
      places.printed(tailed.room, tailed.event.seq);
    }
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  } finally {
    unsubscribe();
    places.save();
  }
  return client.connection.state === 'stopped' ? stopped(client) : 0;
}

/** After which event a room's lines begin: where the last tail stopped, or where this account came into the room. */
async function beginning(
  client: MaruClient,
  places: TailPlaces,
  room: RoomId,
  signal: AbortSignal,
): Promise<number> {
  const known = places.of(room);
  if (known !== undefined) return known;
  const { roomKind, membership } = client.room(room) ?? {};
  if (roomKind === 'direct' || membership !== 'member') return 0;
  const answer = await insistent(() => client.api.getMembers({ params: { room } }), signal);
  const me = answer?.members.find(({ user }) => user === client.user);
  return me === undefined ? 0 : me.joinedSeq - 1;
}

/** Asks again while the server can't be reached. `undefined`: told to stop meanwhile. */
async function insistent<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await ask();
    } catch (error) {
      const passing =
        error instanceof NetworkError ||
        error instanceof Disconnected ||
        (error instanceof ApiError && error.body.retryable);
      if (!passing) throw error;
      await Promise.race([Bun.sleep(RETRY_MS), aborted(signal)]);
    }
  }
  return undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function stopped(client: MaruClient): ExitCode {
  complain(whyStopped(client));
  return 1;
}

function sinceOf({ since = 'last' }: Flags): 'last' | 'start' | 'now' {
  if (since === 'last' || since === 'start' || since === 'now') return since;
  throw new UsageError(`--since ${since}: expected last, start or now.`);
}

function explain(error: unknown, { server }: Profile): ExitCode {
  if (error instanceof ApiError) {
    complain(`${error.code === 'not-found' ? 'There is no such person.' : error.message}`);
    return 1;
  }
  if (error instanceof NetworkError) {
    complain(`${unreachable(server, certificateFaultIn(error))} It alone knows who that is.`);
    return 3;
  }
  throw error;
}
