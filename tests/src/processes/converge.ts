import type { MaruClient } from '@maru/client';
import type { Event, RoomId } from '@maru/protocol';
import { textOf } from './read-log.ts';

/**
 * Resolves when a device is connected and has all rooms of its user up to their newest message; says what it lacks
 * where that takes too long.
 */
export async function caughtUp(
  client: MaruClient,
  logs: ReadonlyMap<RoomId, readonly Event[]>,
  timeoutMs: number,
): Promise<void> {
  const lacks = () => [...logs].filter(([room, log]) => lastMessage(log) !== client.room(room)?.latest?.seq);
  try {
    await client.until(
      () => client.connection.state === 'online' && lacks().length === 0,
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

/** What is wrong with what a device shows, held against the logs of its user's rooms. Reads each to its beginning. */
export async function deviceFaults(
  client: MaruClient,
  logs: ReadonlyMap<RoomId, readonly Event[]>,
): Promise<string[]> {
  const wrong: string[] = [];
  const { device } = client;
  const known = client.rooms.map(({ room }) => room).sort();
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
    client.close(room);
  }
  return wrong;
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
