import { limits, type RoomId, roomName, type UserId } from '@maru/protocol';
import { type Answer, checkText, type Engine, encodeContent, encodeLogLine, type Rooms } from '@maru/server';
import { ensurePeople } from './ensure-people.ts';
import { commandOfLog, importer, roomOfLog } from './log-ids.ts';
import { nameOfNick } from './nick-names.ts';
import type { ImportedLine, ImportedLog } from './parse-log.ts';

/** Who makes the groups and says the lines that name nobody. No nickname holds a space. */
export const LOG_KEEPER = 'IRC log';

export interface ImportDeps {
  readonly engine: Pick<Engine, 'directory' | 'rooms'>;
  readonly rooms: Pick<Rooms, 'submit'>;
  readonly now: () => number;
  /** Accounts that become members of the group, so that somebody can read it. */
  readonly readers: readonly UserId[];
  /** Lines of this log that are stored. */
  readonly onProgress?: (lines: number) => void;
}

export interface ImportResult {
  readonly room: RoomId;
  readonly lines: number;
  /** Lines that were not there before. */
  readonly added: number;
  /** Members of the group now. */
  readonly members: number;
}

/** The log can't be imported, or not on: what the room answered. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/**
 * Makes a group of a log, its lines under the times they were said at. Every command carries an id that follows from the
 * log, so an import that was cut off is taken up by importing again, and one that was not changes nothing.
 *
 * @throws {ImportRefused}
 */
export async function importLog(log: ImportedLog, deps: ImportDeps): Promise<ImportResult> {
  const { engine, rooms } = deps;
  const people = await ensurePeople(engine.directory, [LOG_KEEPER, ...log.nicks], deps.now());
  const keeper = personOf(people, LOG_KEEPER);
  const room = roomOfLog(log);
  const before = (await engine.rooms.state(room))?.seq ?? 0;
  const unnamed = { room, sender: keeper, now: deps.now(), groupMembersMax: Number.MAX_SAFE_INTEGER };
  const named = { ...unnamed, device: importer };

  // Members by the thousand: more than one entry of the log should hold.
  const [first = [], ...rest] = chunks([...people.values()], limits.USERS_PER_COMMAND_MAX);
  const name = roomNameOf(log);
  const create = { kind: 'create', roomKind: 'group', name, history: 'all', users: first } as const;
  accept(await rooms.submit({ ...named, clientMessageId: commandOfLog(log, room, 0), ...create }), log, 0);
  // Adding who is in already changes nothing; a log that has grown may have new people.
  for (const users of [first, ...rest])
    accept(await rooms.submit({ ...unnamed, kind: 'add', users }), log, 0);

  const start = await firstOpenBatch(log, room, engine);
  deps.onProgress?.(start);
  let added = 0;
  for (let done = start; done < log.lines.length; done += limits.SENDS_IN_FLIGHT_MAX) {
    const batch = log.lines.slice(done, done + limits.SENDS_IN_FLIGHT_MAX);
    const answers = batch.map((line, index) => {
      const number = done + index + 1;
      const sender = line.nick === undefined ? keeper : personOf(people, line.nick);
      const clientMessageId = commandOfLog(log, room, number);
      return rooms.submit({ ...named, now: deps.now(), sender, clientMessageId, ...sendOf(line) });
    });
    for (const [index, answer] of answers.entries()) {
      if (accept(await answer, log, done + index + 1) > before) added++;
    }
    deps.onProgress?.(done + batch.length);
  }
  // Last, so that nothing of it counts as unread for them.
  if (deps.readers.length > 0) {
    accept(await rooms.submit({ ...unnamed, kind: 'add', users: deps.readers }), log, 0);
  }
  const members = (await engine.rooms.state(room))?.members.size ?? 0;
  return { room, lines: log.lines.length, added, members };
}

/**
 * Where to begin: the batch in which an earlier import stopped, since all before it is there. Found in few looks, as lines
 * go in in order. What of the batch is there is repeated.
 */
async function firstOpenBatch(
  log: ImportedLog,
  room: RoomId,
  { rooms }: ImportDeps['engine'],
): Promise<number> {
  let low = 0;
  let high = log.lines.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const outcome = await rooms.outcome(room, importer, commandOfLog(log, room, middle));
    if (outcome === undefined) high = middle - 1;
    else low = middle;
  }
  return Math.max(0, low - (low % limits.SENDS_IN_FLIGHT_MAX) - limits.SENDS_IN_FLIGHT_MAX);
}

/** A line that can be made again from its time, name and text is a message; every other is kept whole. */
function sendOf({ nick, text, line, sentAt }: ImportedLine) {
  const isMessage =
    text !== undefined &&
    nick !== undefined &&
    nameOfNick(nick) === nick &&
    checkText(text, limits.MESSAGE_CHARS_MAX) === undefined;
  const encoded = isMessage ? encodeContent({ type: 'text', text }) : { content: encodeLogLine(line) };
  return { kind: 'send' as const, ...encoded, sentAt };
}

function roomNameOf({ name }: ImportedLog): string {
  const parsed = roomName.safeParse(name);
  return parsed.success ? parsed.data : 'IRC';
}

function personOf(people: ReadonlyMap<string, UserId>, nick: string): UserId {
  const user = people.get(nick);
  if (user === undefined) throw new Error('a nickname without a person');
  return user;
}

function accept(answer: Answer, log: ImportedLog, line: number): number {
  if (answer.kind === 'accepted') return answer.seq;
  const { code, message } = answer.error;
  const where = line === 0 ? log.name : `${log.name}, line ${line}`;
  throw new ImportRefused(`${where}: ${code}: ${message}`);
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}
