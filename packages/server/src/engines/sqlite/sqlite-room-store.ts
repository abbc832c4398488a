import { clientMessageIdFromBytes, limits, type RoomId, type Seq } from '@maru/protocol';
import { targetFacts } from '../../core/projection/target-facts.ts';
import type { Member, RoomState, SendOutcome, SentCommand } from '../../core/room/state.ts';
import type { RoomStore, StoredEvent } from '../../ports/room-store.ts';
import type { LogReader } from './log-reader.ts';
import { parseExtra, REFUSAL_KIND, type StoredRow, toEvent } from './log-row.ts';
import type { ReactionIndex } from './reaction-index.ts';
import type { RoomIndex } from './room-index.ts';

const NOBODY: RoomState['members'] = new Map();
const NO_ROOMS: ReadonlySet<RoomId> = new Set();

/** `RoomStore` over SQLite: the index says where things lie, the log what they are. */
export function sqliteRoomStore(index: RoomIndex, log: LogReader, reactions: ReactionIndex): RoomStore {
  const rowAt = (room: RoomId, seq: number) => {
    const position = index.position(room, seq);
    return position === undefined ? undefined : log.row(position);
  };
  return {
    ...acrossRooms(index),
    async state(room) {
      const found = index.head(room);
      if (found === undefined) return undefined;
      const { position: _position, deletedMax: _deleted, relatedAt: _at, ...head } = found.head;
      if (head.roomKind === 'channel')
        return { ...head, at: found.time, members: NOBODY, windows: [], slowSends: undefined };
      const members = new Map(
        log.membersAt(room, head.seq).map(({ user, ...member }): [typeof user, Member] => [user, member]),
      );
      return { ...head, at: found.time, members, windows: [], slowSends: undefined };
    },
    async window(room, device, limit = limits.SEND_WINDOW_IDS) {
      const rows = index.newestCommands(room, device, limit).flatMap((at) => log.row(at) ?? []);
      const commands = rows.flatMap((row) => sentCommand(row) ?? []);
      if (commands.length === 0) return undefined;
      commands.sort((a, b) => (a.clientMessageId < b.clientMessageId ? -1 : 1));
      const newest = commands.slice(-limit);
      return {
        at: Math.max(...newest.map(({ at }) => at)),
        sent: newest.map(({ clientMessageId, outcome }) => ({ clientMessageId, outcome })),
      };
    },
    async outcome(room, device, id) {
      const position = index.command(room, device, id);
      const row = position === undefined ? undefined : log.row(position);
      return row === undefined ? undefined : outcomeOf(row);
    },
    async events(room, from, to) {
      const rows = index.positions(room, from, to).flatMap((position) => log.row(position) ?? []);
      const edits = index.newestEdits(room, from, to);
      const counts = reactions.counts(room, from, to);
      return rows.map((row): StoredEvent => {
        const event = toEvent(row);
        if (event.content === undefined) return event;
        const newest = edits.get(event.seq);
        const edit = newest === undefined ? undefined : rowAt(room, newest);
        const edited = edit === undefined ? event : { ...event, edited: editOf(edit) };
        const reacted = counts.get(event.seq);
        return reacted === undefined ? edited : { ...edited, reactions: reacted };
      });
    },
    async lastMessageAt(room, user) {
      const newest = index.newestOwn(room, user);
      return newest === undefined ? undefined : rowAt(room, newest)?.at;
    },
    async target(room, seq) {
      const row = rowAt(room, seq);
      return row && targetFacts(toEvent(row));
    },
    async edits(room, seq) {
      return index.editsOf(room, seq).toSorted((a, b) => a - b) as Seq[];
    },
    async reacted(room, seq, user) {
      return { all: reactions.counts(room, seq, seq).get(seq), own: reactions.ownOf(room, seq, user) };
    },
    async reactions(room, seq) {
      return reactions.standing(room, seq);
    },
    async body(room, seq) {
      const position = index.position(room, seq);
      return position === undefined ? undefined : log.body(position);
    },
    async intervals(room, user) {
      return log.intervals(room, user);
    },
    async expiring(through, limit, except = NO_ROOMS) {
      return index.expiring(through, limit, except);
    },
    async membersAfter(room, after, limit) {
      return log.membersAfter(room, after, limit);
    },
    async seqAt(room, position) {
      return index.seqAt(room, position);
    },
    async countsAt(room, seq, user) {
      const row = rowAt(room, seq);
      return row && { ordinal: row.ordinal, own: index.ownAt(room, user, seq, index.known(room, user)) };
    },
  };
}

/** What is asked of all rooms at once. */
function acrossRooms(index: RoomIndex): Pick<RoomStore, 'askedBy' | 'channelsMade' | 'channels'> {
  return {
    async askedBy(user) {
      return index.askedBy(user);
    },
    async channelsMade(user) {
      return index.channelsMade(user);
    },
    async channels(query) {
      return index.channels(query);
    },
  };
}

function sentCommand(row: StoredRow): (SentCommand & { at: number }) | undefined {
  if (row.command === null) return undefined;
  return { clientMessageId: clientMessageIdFromBytes(row.command), outcome: outcomeOf(row), at: row.at };
}

function outcomeOf(row: StoredRow): SendOutcome {
  if (row.kind !== REFUSAL_KIND) return { kind: 'event', seq: row.seq as Seq, at: row.at };
  const { code } = parseExtra(row.extra);
  if (code === undefined) throw new Error(`no code in the refusal at position ${row.position}`);
  return { kind: 'refusal', code };
}

function editOf(row: StoredRow): NonNullable<StoredEvent['edited']> {
  const { seq, at, content } = toEvent(row);
  return { seq, at, ...(content !== undefined && { content }) };
}
