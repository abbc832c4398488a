import type { Database } from 'bun:sqlite';
import { idToBytes } from '@maru/protocol';
import { evolveHead } from '../../core/projection/room-head.ts';
import type { LogReader } from './log-reader.ts';
import { COUNTS_FLAG, parseExtra, toLogEntry } from './log-row.ts';
import { packNumbers } from './packed-numbers.ts';
import { UserRoomsWriter } from './user-rooms-writer.ts';
import type { RoomBatch, ViewsBatch } from './views-batch.ts';
import { ViewsReader } from './views-reader.ts';
import type { SoftWrites } from './views-request.ts';
import { SPAN_EVENTS, spanFirst } from './views-schema.ts';

/** Numbers of rooms kept in memory, by the room's id in hex. */
const ROOM_NUMBERS_MAX = 32_768;

/** Writes what a stretch of the log means into `views.db`, sorted by key, within a transaction of the caller's. */
export class ViewsWriter {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #reader: ViewsReader;
  readonly #log: LogReader;
  readonly #userRooms: UserRoomsWriter;
  readonly #numbers = new Map<string, number>();

  constructor(database: Database, log: LogReader) {
    this.#statements = prepare(database);
    this.#reader = new ViewsReader(database);
    this.#log = log;
    this.#userRooms = new UserRoomsWriter(database);
  }

  write(batch: ViewsBatch, soft: SoftWrites): void {
    // A batch that failed may have left something.
    this.#userRooms.clear();
    const rooms = Array.from(batch.rooms, ([hex, room]) => ({ no: this.#number(hex, room), room }));
    rooms.sort((a, b) => a.no - b.no);
    for (const { no, room } of rooms) {
      if (room.rare.length > 0) this.#writeRare(no, room);
      else if (room.seq > 0)
        this.#statements.moveHead.run(room.seq, room.ordinal, room.at, room.position, room.time, no);
      else this.#statements.moveTime.run(room.time, no);
    }
    for (const { no, room } of rooms) this.#writeSpans(no, room);
    for (const { no, room } of rooms) this.#writeCommands(no, room);
    for (const { no, room } of rooms) {
      for (const [hex, { user, seqs }] of room.own) this.#userRooms.addOwn(hex, user, no, seqs);
    }
    for (const [user, room, seq] of soft.delivered) {
      const no = this.#reader.room(room);
      if (no !== undefined) this.#userRooms.addDelivered(idToBytes(user), no, seq);
    }
    this.#userRooms.flush();
    for (const [user, at] of soft.lastActive) this.#statements.lastActive.run(idToBytes(user), at);
  }

  /** A room's number: the position of its first event, which makes it. */
  #number(hex: string, batch: RoomBatch): number {
    const known = this.#numbers.get(hex) ?? this.#statements.number.get(hex)?.no ?? batch.positions[0];
    if (known === undefined) throw new Error('a refusal of a room that was not created');
    if (this.#numbers.size >= ROOM_NUMBERS_MAX) this.#numbers.clear();
    this.#numbers.set(hex, known);
    return known;
  }

  /** Folds the events that do more than add a message into the head, then moves it to the newest event. */
  #writeRare(no: number, room: RoomBatch): void {
    let head = this.#reader.numberedHead(no);
    for (const position of room.rare) {
      const row = this.#log.row(position);
      const entry = row === undefined ? undefined : toLogEntry(row);
      if (row === undefined || entry?.type !== 'event') throw new Error(`no event at position ${position}`);
      const { event } = entry;
      const [erased] = parseExtra(row.extra).erased ?? [];
      const target = erased === undefined ? undefined : this.#log.row(erased);
      const counts = target !== undefined && (target.kind & COUNTS_FLAG) !== 0;
      head = evolveHead(head, entry, { counts });
      if (event.kind === 'edit' && event.refersTo !== undefined)
        this.#statements.edit.run(no, event.refersTo, event.seq);
      if (counts) this.#statements.deleted.run(no, target.seq, target.sender);
    }
    if (head === undefined) throw new Error(`room ${no} has no head`);
    this.#statements.room.run(
      no,
      idToBytes(head.room),
      head.roomKind,
      head.name ?? null,
      idToBytes(head.creator),
      head.history,
      head.memberCount,
      room.seq,
      room.ordinal,
      room.at,
      room.position,
      head.deletedMax,
      room.time,
    );
  }

  #writeSpans(no: number, { seq, positions }: RoomBatch): void {
    const first = seq - positions.length + 1;
    for (let from = first; from <= seq; ) {
      const span = spanFirst(from);
      const next = Math.min(seq + 1, span + SPAN_EVENTS);
      this.#statements.span.run(no, span, packNumbers(positions.slice(from - first, next - first)));
      from = next;
    }
  }

  #writeCommands(no: number, { commands }: RoomBatch): void {
    if (commands.length > 1) {
      commands.sort((a, b) => Buffer.compare(a.device, b.device) || Buffer.compare(a.id, b.id));
    }
    for (const { device, id, position } of commands) this.#statements.command.run(no, device, id, position);
  }
}

type Bindings = (string | number | Uint8Array | null)[];

function prepare(database: Database) {
  const write = (sql: string) => database.prepare<unknown, Bindings>(sql);
  return {
    number: database.prepare<{ no: number }, [string]>('SELECT no FROM rooms WHERE room = unhex(?)'),
    room: write(
      `INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (no) DO UPDATE SET
       name = excluded.name, history = excluded.history, member_count = excluded.member_count, seq = excluded.seq,
       ordinal = excluded.ordinal, at = excluded.at, position = excluded.position, deleted_max = excluded.deleted_max,
       time = max(time, excluded.time)`,
    ),
    moveHead: write(
      'UPDATE rooms SET seq = ?, ordinal = ?, at = ?, position = ?, time = max(time, ?) WHERE no = ?',
    ),
    moveTime: write('UPDATE rooms SET time = max(time, ?) WHERE no = ?'),
    span: write(
      `INSERT INTO spans VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET positions = CAST(positions || excluded.positions AS BLOB)`,
    ),
    command: write('INSERT INTO commands VALUES (?, ?, ?, ?)'),
    edit: write('INSERT INTO edits VALUES (?, ?, ?)'),
    deleted: write('INSERT OR IGNORE INTO deleted VALUES (?, ?, ?)'),
    lastActive: write('INSERT INTO last_active VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at'),
  };
}
