import type { Api, ClientStore, MaruClient } from '@maru/client';
import { type Event, type RoomId, UNREAD_COUNT_MAX, type UserId } from '@maru/protocol';
import { logFaults, textOf } from './read-log.ts';
import type { SaidMessages } from './said.ts';

/** Within which a count of unread messages is right again, on a busy machine, too. */
const COUNTED_MS = 20_000;
const MARKS_POLL_MS = 50;

/**
 * Resolves when a device is connected and has all rooms of its user, and no others, up to their newest message; says what it lacks
 * where that takes too long.
 */
export async function caughtUp(
  client: MaruClient,
  logs: ReadonlyMap<RoomId, readonly Event[]>,
  timeoutMs: number,
): Promise<void> {
  const lacks = () => [...logs].filter(([room, log]) => lastMessage(log) !== client.room(room)?.latest?.seq);
  const beyond = () =>
    client.allRooms.some(({ room, membership }) => membership === 'member' && !logs.has(room));
  try {
    await client.until(
      () => client.connection.state === 'online' && lacks().length === 0 && !beyond(),
      AbortSignal.timeout(timeoutMs),
    );
  } catch (cause) {
    const rooms = lacks().map(
      ([room, log]) => `${room}: ${client.room(room)?.latest?.seq} of ${lastMessage(log)}`,
    );
    const { connection, device } = client;
    throw new Error(`${device} is ${JSON.stringify(connection)}, lacks ${rooms.join(', ')}`, { cause });
  }
}

/**
 * Resolves when the devices of one user show the marks that the server has; otherwise gives, after `timeoutMs`, which of
 * them show others. The server is asked again and again: a mark of one of the devices may still be on its way to it.
 */
export async function markFaults(
  devices: readonly MaruClient[],
  api: Pick<Api, 'getRoom'>,
  rooms: Iterable<RoomId>,
  timeoutMs: number,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const room of rooms) {
    const expired = AbortSignal.timeout(timeoutMs);
    let faults = await marksUnlike(devices, api, room);
    while (faults.length > 0 && !expired.aborted) {
      await Bun.sleep(MARKS_POLL_MS);
      faults = await marksUnlike(devices, api, room);
    }
    wrong.push(...faults);
  }
  return wrong;
}

/** Which devices show other marks of a room than the server has by now. */
async function marksUnlike(
  devices: readonly MaruClient[],
  api: Pick<Api, 'getRoom'>,
  room: RoomId,
): Promise<string[]> {
  const { marks } = await api.getRoom({ params: { room } });
  const should = `read ${marks.read}, unread ${marks.unread}`;
  return devices.flatMap((client) => {
    const { read, markedUnread } = client.room(room) ?? {};
    const shown = `read ${read}, unread ${markedUnread}`;
    return shown === should ? [] : [`${client.device} ${room}: ${shown}, should ${should}`];
  });
}

/** What somebody's store holds of a room behind their removal: nothing of it was ever meant for them. */
export async function leaks(
  store: ClientStore,
  room: RoomId,
  log: readonly Event[],
  user: UserId,
): Promise<string[]> {
  const removal = log.find(({ change }) => change?.type === 'removed' && change.user === user);
  if (removal === undefined) return [`${user} was not removed from ${room}`];
  const events = await store.events(room, 1, log.length);
  const record = (await store.load()).rooms.find((known) => known.room === room);
  const latest = record?.latest === undefined ? [] : [record.latest];
  return [...events, ...latest]
    .filter(({ seq }) => seq > removal.seq)
    .map(({ seq, kind }) => `${user} has ${kind} ${seq} of ${room}, and was removed by ${removal.seq}`);
}

/** What is wrong with what a device shows, held against the logs of its user's rooms. Reads each to its beginning. */
export async function deviceFaults(
  client: MaruClient,
  logs: ReadonlyMap<RoomId, readonly Event[]>,
): Promise<string[]> {
  const wrong: string[] = [];
  const { device } = client;
  const known = client.allRooms
    .filter(({ membership }) => membership === 'member')
    .map(({ room }) => room)
    .sort();
  const should = [...logs.keys()].sort();
  if (known.join() !== should.join()) wrong.push(`${device} knows ${known}, should know ${should}`);
  for (const [room, log] of logs) {
    await client.open(room);
    while ((await client.loadOlder(room, 200)) > 0);
    const messages = client.room(room)?.messages ?? [];
    const waiting = messages.filter(({ seq }) => seq === undefined).length;
    if (waiting > 0) wrong.push(`${device} ${room}: ${waiting} messages still wait`);
    const seen = messages.map(
      (message) => `${message.seq} ${message.sender} ${message.kind} ${textOf(message)}`,
    );
    const lines = linesOf(log);
    const at = lines.findIndex((line, i) => line !== seen[i]);
    if (at !== -1 || seen.length !== lines.length)
      wrong.push(
        `${device} ${room}: «${seen.at(at)}» (${seen.length}) for «${lines.at(at)}» (${lines.length})`,
      );
    const unread = () => unreadIn(log, client.user, client.room(room)?.read ?? 0);
    const counted = () => client.room(room)?.unreadCount;
    // A mark of another device may come at any moment, and is counted anew behind it.
    await client.until(() => counted() === unread(), AbortSignal.timeout(COUNTED_MS)).catch(() => undefined);
    if (counted() !== unread()) wrong.push(`${device} ${room}: ${counted()} unread, should be ${unread()}`);
    client.close(room);
  }
  return wrong;
}

/** What is wrong with the rooms of some devices: with their logs, and with what each shows once it has caught up. */
export async function roomFaults(
  logs: ReadonlyMap<RoomId, readonly Event[]>,
  said: SaidMessages,
  clients: readonly MaruClient[],
  timeoutMs: number,
): Promise<string[]> {
  const wrong = [...logs].flatMap(([room, log]) => logFaults(room, log));
  wrong.push(...said.faults(logs));
  for (const client of clients) {
    await caughtUp(client, logs, timeoutMs);
    wrong.push(...(await deviceFaults(client, logs)));
  }
  return wrong;
}

/** UNREAD1, UNREAD3: others' messages above the mark, and above the joining. These logs have no deletions. */
function unreadIn(log: readonly Event[], user: UserId, read: number): number {
  const joining = log.findLast(
    ({ change }) =>
      (change?.type === 'created' && change.members.includes(user)) ||
      (change?.type === 'joined' && change.users.includes(user)),
  );
  const from = Math.max(read, joining?.seq ?? 0);
  const count = log.filter(
    ({ kind, sender, seq }) => kind === 'message' && sender !== user && seq > from,
  ).length;
  return Math.min(count, UNREAD_COUNT_MAX + 1);
}

/** What a log should look like to who sees all of it; made once, however many look. */
function linesOf(log: readonly Event[]): readonly string[] {
  let lines = knownLines.get(log);
  if (lines === undefined) {
    lines = log.map((event) => `${event.seq} ${event.sender} ${event.kind} ${textOf(event)}`);
    knownLines.set(log, lines);
  }
  return lines;
}
const knownLines = new WeakMap<readonly Event[], readonly string[]>();

function lastMessage(log: readonly Event[]): number | undefined {
  return log.findLast(({ kind }) => kind === 'message')?.seq;
}
