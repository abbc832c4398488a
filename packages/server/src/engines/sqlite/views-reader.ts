import type { Database } from 'bun:sqlite';
import {
  type ClientMessageId,
  clientMessageIdToBytes,
  type DeviceId,
  type HistorySetting,
  idFromBytes,
  idToBytes,
  NO_FACTS,
  type RoomFacts,
  type RoomId,
  type RoomKind,
  type Seq,
  type UserId,
} from '@maru/protocol';
import { type Relation, shared } from '../../core/room/relation.ts';
import type { PlacedHead } from '../../ports/inbox-store.ts';
import type { Position } from '../../ports/position.ts';
import type { ExpiringMessage } from '../../ports/room-store.ts';
import { packedAt, packedLength, unpackNumbers } from './packed-numbers.ts';
import { LIVE_CHANNEL, SOMEBODY_ASKS, spanFirst } from './views-schema.ts';

/** Numbers of rooms kept in memory; they never change. */
const ROOM_NUMBERS_MAX = 32_768;

interface RoomRow {
  readonly no: number;
  readonly room: Uint8Array;
  readonly room_kind: RoomKind;
  readonly name: string | null;
  readonly creator: Uint8Array;
  readonly history: HistorySetting;
  readonly member_count: number;
  readonly seq: number;
  readonly ordinal: number;
  readonly at: number;
  readonly position: number;
  readonly deleted_max: number;
  readonly time: number;
  readonly rules_version: number;
  readonly facts: string | null;
  readonly relation: string | null;
  readonly related_at: number;
  readonly readers_at: number;
}

/** What the projections know of a user in a room, at `own_newest`'s last event. */
export interface OwnCounts {
  readonly room: number;
  readonly own: number;
  readonly own_newest: Uint8Array;
  readonly delivered: number;
}

/** Of no channel. */
const ALL_MEMBERS = Number.MAX_SAFE_INTEGER;

/** A room with its number here, which rises with the time of its creation. */
export interface NumberedHead {
  readonly head: PlacedHead;
  readonly no: number;
}

/** A message that names somebody. */
export interface Mention {
  readonly seq: Seq;
  readonly author: UserId;
}

/** A head with the room's time, which refusals move, too. */
export interface TimedHead {
  readonly head: PlacedHead;
  readonly time: number;
  /** Of a channel: how far its members are counted. */
  readonly readersAt: number;
}

/** Reads of `views.db`. Rooms are given by their number there. What it knows may lag behind the log, never be wrong. */
export class ViewsReader {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #numbers = new Map<RoomId, number>();

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** A room's number; `undefined` while only the tail knows the room. */
  room(room: RoomId): number | undefined {
    const known = this.#numbers.get(room);
    if (known !== undefined) return known;
    const no = this.#statements.roomNumber.get(idToBytes(room))?.no;
    if (no !== undefined) {
      if (this.#numbers.size >= ROOM_NUMBERS_MAX) this.#numbers.clear();
      this.#numbers.set(room, no);
    }
    return no;
  }

  head(room: RoomId): TimedHead | undefined {
    const row = this.#statements.room.get(idToBytes(room));
    if (row === null) return undefined;
    return { head: toHead(row), time: row.time, readersAt: row.readers_at };
  }

  numberedHead(room: number): PlacedHead | undefined {
    const row = this.#statements.numberedRoom.get(room);
    return row === null ? undefined : toHead(row);
  }

  /** Positions of the events `from`–`to` that are known here: those of the first of them. */
  positions(room: number, from: number, to: number): number[] {
    const positions: number[] = [];
    for (const { first, positions: packed } of this.#statements.spans.all(room, spanFirst(from), to)) {
      const end = Math.min(packedLength(packed), to - first + 1);
      for (let i = Math.max(0, from - first); i < end; i++) positions.push(packedAt(packed, i) ?? 0);
    }
    return positions;
  }

  command(room: number, device: DeviceId, id: ClientMessageId): Position | undefined {
    const row = this.#statements.command.get(room, idToBytes(device), clientMessageIdToBytes(id));
    return row?.position as Position | undefined;
  }

  /** Positions of a device's newest commands by id. */
  newestCommands(room: number, device: DeviceId, limit: number): number[] {
    return this.#statements.newestCommands
      .all(room, idToBytes(device), limit)
      .map(({ position }) => position);
  }

  /** The newest edit of each event `from`–`to` that was edited. */
  newestEdits(room: number, from: number, to: number): { target: number; seq: number }[] {
    return this.#statements.newestEdits.all(room, from, to);
  }

  editsOf(room: number, target: number): number[] {
    return this.#statements.editsOf.all(room, target).map(({ seq }) => seq);
  }

  /** Deleted counting events above `after` that others wrote. */
  deletedAfter(room: number, after: number, user: UserId, limit: number): number[] {
    return this.#statements.deletedAfter.all(room, after, idToBytes(user), limit).map(({ seq }) => seq);
  }

  /** Messages that expire by `through`, the earliest first; none of the rooms `except`. */
  expiring(through: number, limit: number, except: readonly number[]): ExpiringMessage[] {
    return this.#statements.expiring.all(through, JSON.stringify(except), limit).map((row) => ({
      room: idFromBytes<RoomId>('room', row.id),
      seq: row.seq as Seq,
      sender: idFromBytes<UserId>('user', row.author),
      expiresAt: row.at,
    }));
  }

  /** Public channels with members and all the words, in the order of the directory; those behind `last`. */
  channels(words: readonly string[], last: NumberedHead | undefined, limit: number): NumberedHead[] {
    const from = { $count: last?.head.memberCount ?? ALL_MEMBERS, $no: last?.no ?? 0 };
    return this.#statements.channels
      .all({ ...from, $words: JSON.stringify(words), $limit: limit })
      .map((row) => ({ head: toHead(row), no: row.no }));
  }

  /** Rooms in which the user waits to be let in. */
  askedBy(user: UserId): RoomId[] {
    return this.#statements.askedBy.all(user).map(({ room }) => idFromBytes<RoomId>('room', room));
  }

  /** Channels with members that the user has made. */
  channelsMade(user: UserId): RoomId[] {
    return this.#statements.channelsMade
      .all(idToBytes(user))
      .map(({ room }) => idFromBytes<RoomId>('room', room));
  }

  /** Messages above `after` that name the user, by others, rising. */
  mentionsAfter(room: number, after: number, user: UserId, limit: number): Mention[] {
    const bytes = idToBytes(user);
    return this.#statements.mentionsAfter
      .all({ $room: room, $after: after, $user: bytes, $limit: limit })
      .map(({ seq, author }) => ({ seq: seq as Seq, author: idFromBytes<UserId>('user', author) }));
  }

  mentionedMax(room: number): number {
    return this.#statements.mentionedMax.get(room)?.seq ?? 0;
  }

  own(user: UserId, room: number): OwnCounts | undefined {
    return this.#statements.own.get(idToBytes(user), room) ?? undefined;
  }

  /** The block of the user's own events in which `seq` lies, and how many lie before it. */
  ownBlock(user: UserId, room: number, seq: number): { before: number; seqs: number[] } | undefined {
    const row = this.#statements.ownBlock.get(idToBytes(user), room, seq);
    return row === null ? undefined : { before: row.before, seqs: unpackNumbers(row.seqs) };
  }

  /** By room. */
  userRooms(user: UserId): Map<RoomId, OwnCounts> {
    const rows = this.#statements.userRooms.all(idToBytes(user));
    return new Map(rows.map((row) => [idFromBytes<RoomId>('room', row.id), row]));
  }

  lastActive(user: UserId): number | undefined {
    return this.#statements.lastActive.get(idToBytes(user))?.at;
  }
}

function prepare(database: Database) {
  const numbers = 'SELECT room, own, own_newest, delivered FROM user_rooms';
  return {
    roomNumber: database.prepare<{ no: number }, [Uint8Array]>('SELECT no FROM rooms WHERE room = ?'),
    room: database.prepare<RoomRow, [Uint8Array]>('SELECT * FROM rooms WHERE room = ?'),
    numberedRoom: database.prepare<RoomRow, [number]>('SELECT * FROM rooms WHERE no = ?'),
    spans: database.prepare<{ first: number; positions: Uint8Array }, [number, number, number]>(
      'SELECT first, positions FROM spans WHERE room = ? AND first >= ? AND first <= ? ORDER BY first',
    ),
    command: database.prepare<{ position: number }, [number, Uint8Array, Uint8Array]>(
      'SELECT position FROM commands WHERE room = ? AND device = ? AND id = ?',
    ),
    newestCommands: database.prepare<{ position: number }, [number, Uint8Array, number]>(
      'SELECT position FROM commands WHERE room = ? AND device = ? ORDER BY id DESC LIMIT ?',
    ),
    newestEdits: database.prepare<{ target: number; seq: number }, [number, number, number]>(
      'SELECT target, max(seq) AS seq FROM edits WHERE room = ? AND target BETWEEN ? AND ? GROUP BY target',
    ),
    editsOf: database.prepare<{ seq: number }, [number, number]>(
      'SELECT seq FROM edits WHERE room = ? AND target = ?',
    ),
    deletedAfter: database.prepare<{ seq: number }, [number, number, Uint8Array, number]>(
      'SELECT seq FROM deleted WHERE room = ? AND seq > ? AND author <> ? LIMIT ?',
    ),
    expiring: database.prepare<
      { id: Uint8Array; seq: number; at: number; author: Uint8Array },
      [number, string, number]
    >(
      `SELECT rooms.room AS id, e.seq, e.at, e.author FROM expiring AS e JOIN rooms ON rooms.no = e.room
       WHERE e.at <= ? AND e.room NOT IN (SELECT value FROM json_each(?)) ORDER BY e.at LIMIT ?`,
    ),
    mentionsAfter: database.prepare<
      { seq: number; author: Uint8Array },
      { $room: number; $after: number; $user: Uint8Array; $limit: number }
    >(
      `SELECT seq, author FROM mentions WHERE room = $room AND user = $user AND seq > $after
       UNION ALL
       SELECT seq, author FROM mentions WHERE room = $room AND user = x'' AND seq > $after AND author <> $user
       ORDER BY seq LIMIT $limit`,
    ),
    mentionedMax: database.prepare<{ seq: number | null }, [number]>(
      'SELECT max(seq) AS seq FROM mentions WHERE room = ?',
    ),
    channels: database.prepare<RoomRow, { $count: number; $no: number; $words: string; $limit: number }>(
      `SELECT * FROM rooms WHERE search IS NOT NULL AND member_count > 0
       AND (member_count < $count OR (member_count = $count AND no > $no))
       AND NOT EXISTS (SELECT 1 FROM json_each($words) WHERE instr(search, value) = 0)
       ORDER BY member_count DESC, no LIMIT $limit`,
    ),
    askedBy: database.prepare<{ room: Uint8Array }, [string]>(
      `SELECT room FROM rooms WHERE ${SOMEBODY_ASKS} AND instr(facts, ?) > 0`,
    ),
    channelsMade: database.prepare<{ room: Uint8Array }, [Uint8Array]>(
      `SELECT room FROM rooms WHERE creator = ? AND ${LIVE_CHANNEL}`,
    ),
    own: database.prepare<OwnCounts, [Uint8Array, number]>(`${numbers} WHERE user = ? AND room = ?`),
    ownBlock: database.prepare<{ before: number; seqs: Uint8Array }, [Uint8Array, number, number]>(
      'SELECT before, seqs FROM own_blocks WHERE user = ? AND room = ? AND first <= ? ORDER BY first DESC LIMIT 1',
    ),
    userRooms: database.prepare<OwnCounts & { id: Uint8Array }, [Uint8Array]>(
      `SELECT u.room, own, own_newest, delivered, rooms.room AS id
       FROM user_rooms AS u JOIN rooms ON rooms.no = u.room WHERE user = ?`,
    ),
    lastActive: database.prepare<{ at: number }, [Uint8Array]>('SELECT at FROM last_active WHERE user = ?'),
  };
}

function toHead(row: RoomRow): PlacedHead {
  return {
    room: idFromBytes<RoomId>('room', row.room),
    roomKind: row.room_kind,
    name: row.name ?? undefined,
    creator: idFromBytes<UserId>('user', row.creator),
    history: row.history,
    memberCount: row.member_count,
    seq: row.seq as Seq,
    ordinal: row.ordinal,
    at: row.at,
    position: row.position as Position,
    deletedMax: row.deleted_max,
    rulesVersion: row.rules_version,
    facts: row.facts === null ? NO_FACTS : (JSON.parse(row.facts) as RoomFacts),
    relation: row.relation === null ? undefined : shared(JSON.parse(row.relation) as Relation),
    relatedAt: row.related_at,
  };
}
