import {
  ApiError,
  InvalidCommand,
  type MaruClient,
  type MessageOptions,
  NetworkError,
  type Outcome,
  type Sending,
  type TransportOption,
} from '@maru/client';
import { composeText, type RoomId, type Seq, scheduledIdOf } from '@maru/protocol';
import { type Command, type ExitCode, type Flags, UsageError } from '../command.ts';
import { type OpenClient, openClient } from '../profile/open-client.ts';
import { type Profile, ProfileFolder, profileOption } from '../profile/profile.ts';
import { transportOf, transportOption } from '../profile/transport-option.ts';
import { complain } from '../terminal/complain.ts';
import { printableJson } from '../terminal/printable.ts';
import { readWhen } from '../when/read-when.ts';
import { certificateFaultIn } from './certificate-fault.ts';
import { type Destination, destinationOf, findNamed, findPerson } from './find-room.ts';
import { reach, whyStopped } from './reach.ts';
import { unreachable, whyUnreachable } from './why-unreachable.ts';

/** Another `maru send` with the same profile is soon done. */
const TURN_MS = 50;
const DEFAULT_WAIT_S = 10;

/** `maru send @handle|ROOM [TEXT…]` */
export const send: Command = {
  takes: '@HANDLE|ROOM [TEXT…]',
  positionals: [1, Number.POSITIVE_INFINITY],
  about: [
    'Sends a message to a person, or to a room by its id or name, and waits until the server has stored it. Without TEXT',
    'the message is read from standard input. It is kept on this device before it is sent: if the server cannot be',
    'reached, the next maru send takes it along.',
  ].join('\n'),
  options: {
    markup: {
      help: 'Let marks like **bold** mean what they do in maru chat, and name members with @HANDLE.',
    },
    json: {
      help: 'Print {"room","seq","clientMessageId"}, in one line, instead of nothing; with --at "at" and "scheduled" for "seq".',
    },
    wait: {
      takes: 'SECONDS',
      help: 'How long to try to reach the server.',
      byDefault: String(DEFAULT_WAIT_S),
    },
    at: {
      takes: 'WHEN',
      help: "When the server is to send it: '18:30', 'tomorrow 9:00', '2026-12-24 18:00', '2h'.",
    },
    transport: transportOption,
    profile: profileOption,
  },
  examples: [
    { line: 'maru send @jun "안녕, Jun!"', does: 'To a person.' },
    { line: 'git log -1 | maru send "team news"', does: 'What a program says, to a group.' },
    { line: "maru send @jun --at 'tomorrow 9:00' '좋은 아침'", does: 'Later, without this device.' },
    { line: 'maru send @jun "hi" --json', does: 'For scripts: says where the message stands.' },
  ],
  exitCodes: {
    0: 'Sent: the server has stored it.',
    1: 'The server refused it, or this device is signed out.',
    2: 'A wrong option, no such room, or nobody is signed in.',
    3: 'The server could not be reached. The message is kept and goes with the next one, unless it says otherwise.',
  },
  async run(flags, [to = '', ...words]) {
    const destination = destinationOf(to);
    const waitMs = waitOf(flags);
    const at = atOf(flags);
    const transport = transportOf(flags);
    const folder = new ProfileFolder(flags);
    const profile = folder.require();
    const text = words.length > 0 ? words.join(' ') : (await Bun.stdin.text()).replace(/\r?\n$/, '');
    const signal = AbortSignal.timeout(waitMs);
    await using open = await inTurn(folder, profile, transport, signal);
    try {
      return await sendText({ client: open.client, folder, profile, destination, text, at, signal }, flags);
    } catch (error) {
      return explain(error, profile);
    }
  },
};

interface Task {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly profile: Profile;
  readonly destination: Destination;
  readonly text: string;
  /** Later; absent: now. */
  readonly at: number | undefined;
  readonly signal: AbortSignal;
}

async function sendText(task: Task, flags: Flags): Promise<ExitCode> {
  const { client, profile, text, signal } = task;
  const { room, creating } = await roomFor(task);
  const sending = await (flags.markup === true ? sendMarkup(task, room) : give(task, room, text));
  const all = [...(creating === undefined ? [] : [creating]), sending];
  const outcome = await outcomeOf(client, all, signal);
  if (typeof outcome !== 'object') {
    const kept = 'The message is kept, and goes with the next one.';
    if (outcome === 'stopped') complain(`${whyStopped(client)} ${kept}`);
    else complain(`${await whyUnreachable(profile.server)} ${kept}`);
    return outcome === 'stopped' ? 1 : 3;
  }
  if (outcome.kind === 'failed') {
    complain(`not sent: ${outcome.error.message}`);
    return 1;
  }
  if (flags.json === true) console.log(printableJson(placeOf(task, sending, outcome.seq)));
  return 0;
}

/** Sends what the text means as markup. Who is a member only the server knows: without it nobody is named. */
async function sendMarkup(task: Task, room: RoomId): Promise<Sending> {
  const { client, text, signal } = task;
  if (/[@＠]/.test(text)) {
    await reach(client, signal);
    await client.loadMembers(room).catch(() => undefined);
  }
  const members = client.room(room)?.members?.values() ?? [];
  const said = composeText(text, members, { markup: true });
  return give(task, room, said.text, { entities: said.entities });
}

/** Now, or at the time that was asked for. */
function give(
  { client, at }: Task,
  room: RoomId,
  text: string,
  options: MessageOptions = {},
): Promise<Sending> {
  const { commands } = client;
  return at === undefined ? commands.send(room, text, options) : commands.schedule(room, text, at, options);
}

/** Where the message stands; one that is sent later has no number yet. */
function placeOf({ client, at }: Task, { room, clientMessageId }: Sending, seq: Seq) {
  if (at === undefined) return { room, seq, clientMessageId };
  return { room, at, scheduled: scheduledIdOf(client.device, room, clientMessageId), clientMessageId };
}

/** The room, made if two people never spoke. */
async function roomFor(task: Task): Promise<{ room: RoomId; creating?: Sending | undefined }> {
  const { client, folder, destination, signal } = task;
  switch (destination.kind) {
    case 'person': {
      const user = await findPerson(client, folder, destination.handle);
      const { room, sending } = await client.commands.openDirect(user);
      return { room, creating: sending };
    }
    case 'room':
      return { room: destination.room };
    case 'name':
      // Others may have made it, or named it so, since this device was last there.
      await reach(client, signal);
      return { room: findNamed(client, destination.name) };
  }
}

/** What became of the last of these commands; the first that fails decides. What failed is not kept. */
async function outcomeOf(
  client: MaruClient,
  sendings: readonly Sending[],
  signal: AbortSignal,
): Promise<Outcome | 'unreachable' | 'stopped'> {
  const ended = endOf(client, signal);
  let last: Outcome | 'unreachable' | 'stopped' = 'unreachable';
  for (const sending of sendings) {
    last = await Promise.race([sending.outcome(), ended]);
    if (typeof last !== 'object') return last;
    if (last.kind === 'accepted') continue;
    for (const failed of sendings) {
      await failed.outcome();
      await client.commands.discard(failed.room, failed.clientMessageId);
    }
    return last;
  }
  return last;
}

/** Resolves when there will be no answer: the client gave up, or the time is over. */
async function endOf(client: MaruClient, signal: AbortSignal): Promise<'unreachable' | 'stopped'> {
  try {
    await client.until(() => client.connection.state === 'stopped', signal);
    return 'stopped';
  } catch {
    return 'unreachable';
  }
}

/** Opens the store that sends, behind whoever is sending with it now. */
async function inTurn(
  folder: ProfileFolder,
  profile: Profile,
  transport: TransportOption,
  signal: AbortSignal,
): Promise<OpenClient> {
  for (;;) {
    const open = await openClient(folder, profile, 'send', { transport });
    if (open !== undefined) return open;
    if (signal.aborted)
      throw new UsageError(
        `maru chat, or another maru send, is at work with the profile ${folder.name}: write there, or stop it.`,
      );
    await Bun.sleep(TURN_MS);
  }
}

function waitOf({ wait = String(DEFAULT_WAIT_S) }: Flags): number {
  const seconds = /^\d{1,6}(\.\d{1,3})?$/.test(String(wait)) ? Number(wait) : 0;
  if (seconds > 0) return seconds * 1_000;
  throw new UsageError(`--wait ${wait}: expected a number of seconds above 0.`);
}

function atOf({ at }: Flags): number | undefined {
  if (at === undefined) return undefined;
  const when = readWhen(String(at), Date.now());
  if (when?.rest === '') return when.at;
  throw new UsageError(
    `--at ${at}: expected a time like '18:30', 'tomorrow 9:00', '2026-12-24 18:00' or '2h'.`,
  );
}

function explain(error: unknown, { server }: Profile): ExitCode {
  if (error instanceof InvalidCommand) {
    complain(`not sent: ${error.message}`);
    return 1;
  }
  if (error instanceof ApiError) {
    complain(`not sent: ${error.code === 'not-found' ? 'There is no such person.' : error.message}`);
    return 1;
  }
  if (error instanceof NetworkError) {
    complain(
      `${unreachable(server, certificateFaultIn(error))} It alone knows who that is: nothing was kept.`,
    );
    return 3;
  }
  throw error;
}
