import type { Database } from 'bun:sqlite';
import { idFromBytes, idToBytes, type RoomId, type Seq, type UserId } from '@maru/protocol';
import type { UserMarks } from '../../core/user/marks.ts';
import type { LogEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { Interval } from '../../ports/room-store.ts';
import { type StoredRow, toLogEntry } from './log-row.ts';

interface MemberRow {
  readonly room: Uint8Array;
  readonly user: Uint8Array;
  readonly joined: number;
  readonly visible_from: number;
  readonly left: number | null;
  readonly how: 'left' | 'removed' | null;
  readonly joined_ordinal: number;
  readonly peer: Uint8Array | null;
  readonly position: number;
}

interface MarksRow {
  readonly room: Uint8Array;
  readonly read: number;
  readonly read_ordinal: number;
  readonly read_own: number;
  readonly unread: number;
  readonly position: number;
}

/** A user's memberships of one room, oldest first. */
export interface Memberships {
  readonly room: RoomId;
  readonly intervals: Interval[];
  readonly joinedOrdinal: number;
  readonly peer: UserId | undefined;
  readonly position: number;
}

export interface PlacedMarks {
  readonly marks: UserMarks;
  readonly position: number;
}

const ROW = 'position, kind, room, seq, at, sender, device, command, ordinal, refers_to, extra, content';

/** Reads of `log.db`, the truth. */
export class LogReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  head(): Position {
    return (this.#statements.head.get()?.head ?? 0) as Position;
  }

  row(position: number): StoredRow | undefined {
    return this.#statements.row.get(position) ?? undefined;
  }

  /** At most `limit` entries above `after`, up to `through`. */
  entries(after: number, through: number, limit: number): LogEntry[] {
    return this.#statements.entries.all(after, through, limit).map(toLogEntry);
  }

  body(position: number): string | undefined {
    return this.#statements.body.get(position)?.body;
  }

  intervals(room: RoomId, user: UserId): Interval[] {
    return this.#statements.intervals.all(idToBytes(room), idToBytes(user)).map(toInterval);
  }

  /** Who was a member right after event `seq`. */
  membersAt(room: RoomId, seq: number): { user: UserId; joined: Seq; visibleFrom: Seq }[] {
    return this.#statements.membersAt.all(idToBytes(room), seq, seq).map((row) => ({
      user: idFromBytes<UserId>('user', row.user),
      joined: row.joined as Seq,
      visibleFrom: row.visible_from as Seq,
    }));
  }

  /** Who is a member now, in the order of their ids, up to `limit` behind `after`. */
  membersAfter(room: RoomId, after: UserId | undefined, limit: number): { user: UserId; joined: Seq }[] {
    const from = after === undefined ? new Uint8Array() : idToBytes(after);
    return this.#statements.membersAfter.all(idToBytes(room), from, limit).map(({ user, joined }) => ({
      user: idFromBytes<UserId>('user', user),
      joined: joined as Seq,
    }));
  }

  memberships(user: UserId): Memberships[] {
    const rooms = new Map<RoomId, Memberships>();
    for (const row of this.#statements.memberships.all(idToBytes(user))) {
      const room = idFromBytes<RoomId>('room', row.room);
      const former = rooms.get(room);
      // Who has gone and come back ten thousand times has as many: they are not copied for each.
      const intervals = former?.intervals ?? [];
      intervals.push(toInterval(row));
      rooms.set(room, {
        room,
        intervals,
        joinedOrdinal: row.joined_ordinal,
        peer: row.peer === null ? former?.peer : idFromBytes<UserId>('user', row.peer),
        position: Math.max(row.position, former?.position ?? 0),
      });
    }
    return [...rooms.values()];
  }

  marks(user: UserId): Map<RoomId, PlacedMarks> {
    const rows = this.#statements.marks.all(idToBytes(user));
    return new Map(rows.map((row) => [idFromBytes<RoomId>('room', row.room), toMarks(row)]));
  }

  readMark(user: UserId, room: RoomId): number {
    return this.#statements.readMark.get(idToBytes(user), idToBytes(room))?.read ?? 0;
  }
}

function prepare(database: Database) {
  return {
    head: database.prepare<{ head: number | null }, []>('SELECT max(position) AS head FROM entries'),
    row: database.prepare<StoredRow, [number]>(`SELECT ${ROW} FROM entries WHERE position = ?`),
    entries: database.prepare<StoredRow, [number, number, number]>(
      `SELECT ${ROW}, body FROM entries LEFT JOIN bodies USING (position)
       WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
    ),
    body: database.prepare<{ body: string }, [number]>('SELECT body FROM bodies WHERE position = ?'),
    intervals: database.prepare<MemberRow, [Uint8Array, Uint8Array]>(
      'SELECT * FROM members WHERE room = ? AND user = ? ORDER BY joined',
    ),
    membersAt: database.prepare<MemberRow, [Uint8Array, number, number]>(
      'SELECT * FROM members WHERE room = ? AND joined <= ? AND ("left" IS NULL OR "left" > ?)',
    ),
    membersAfter: database.prepare<MemberRow, [Uint8Array, Uint8Array, number]>(
      'SELECT * FROM members WHERE room = ? AND user > ? AND "left" IS NULL ORDER BY user LIMIT ?',
    ),
    memberships: database.prepare<MemberRow, [Uint8Array]>(
      'SELECT * FROM members WHERE user = ? ORDER BY room, joined',
    ),
    marks: database.prepare<MarksRow, [Uint8Array]>('SELECT * FROM marks WHERE user = ?'),
    readMark: database.prepare<{ read: number }, [Uint8Array, Uint8Array]>(
      'SELECT read FROM marks WHERE user = ? AND room = ?',
    ),
  };
}

function toInterval(row: MemberRow): Interval {
  return {
    joined: row.joined as Seq,
    visibleFrom: row.visible_from as Seq,
    left: (row.left ?? undefined) as Seq | undefined,
    how: row.how ?? undefined,
  };
}

function toMarks(row: MarksRow): PlacedMarks {
  return {
    marks: { read: row.read, readOrdinal: row.read_ordinal, readOwn: row.read_own, unread: row.unread === 1 },
    position: row.position,
  };
}
