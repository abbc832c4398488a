import type { Database } from 'bun:sqlite';
import { idToBytes, messagesHiddenBy, NO_FACTS, type RoomId, type UserId } from '@maru/protocol';
import type { EventEntry } from '../../core/log-entry.ts';
import { channelText } from '../../core/projection/channel-search.ts';
import { namingsOf } from '../../core/projection/naming.ts';
import { evolveHead } from '../../core/projection/room-head.ts';
import type { RoomEvent } from '../../core/room/event.ts';
import { LogReader } from './log-reader.ts';
import {
  CHANGES_FLAG,
  COUNTS_FLAG,
  MARKS_KIND,
  MESSAGE_KIND,
  parseExtra,
  READER_KINDS,
  REFUSAL_KIND,
  SETTING_KIND,
  type StoredRow,
  toLogEntry,
} from './log-row.ts';
import { MentionsWriter } from './mentions-writer.ts';
import { packNumbers } from './packed-numbers.ts';
import { ReactionsWriter } from './reactions-writer.ts';
import { UserRoomsWriter } from './user-rooms-writer.ts';
import { ViewsReader } from './views-reader.ts';
import type { SoftWrites } from './views-request.ts';
import { SPAN_EVENTS } from './views-schema.ts';

/**
 * Writes what a stretch of the log means into `views.db`, within a transaction of the caller's. The log is attached to
 * the connection, so that most of it goes from one file to the other inside SQLite, sorted by key.
 */
export class ViewsWriter {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #reader: ViewsReader;
  readonly #log: LogReader;
  readonly #userRooms: UserRoomsWriter;
  readonly #mentions: MentionsWriter;
  /** Messages of which this transaction's stretch leaves nothing. */
  #gone: (readonly [room: number, seq: number])[] = [];
  readonly #reactions: ReactionsWriter;

  /** @param database `views.db`, with `log.db` attached as `log` */
  constructor(database: Database) {
    // What this transaction gathers from the log, with the rooms' numbers.
    database.exec(
      `CREATE TEMP TABLE batch (
        position INTEGER PRIMARY KEY, kind INTEGER, room INTEGER, seq INTEGER, at INTEGER, sender BLOB, device BLOB,
        command BLOB, ordinal INTEGER, expires INTEGER
      )`,
    );
    this.#statements = prepare(database);
    this.#reader = new ViewsReader(database);
    this.#log = new LogReader(database);
    this.#userRooms = new UserRoomsWriter(database);
    this.#reactions = new ReactionsWriter(database);
    this.#mentions = new MentionsWriter(database);
  }

  /** Takes in the entries above `after`, up to `through`, and then what is soft. */
  write(after: number, through: number, soft: SoftWrites): void {
    const { clear, fill, moveHeads, moveTimes, commands, expiring } = this.#statements;
    this.#gone = [];
    clear.run();
    for (const { position } of this.#statements.rare.all(after, through)) this.#take(position);
    fill.run(after, through);
    moveHeads.run();
    moveTimes.run();
    this.#statements.countReaders.run();
    for (const [room, first, positions] of this.#statements.spans.values() as [number, number, string][]) {
      this.#statements.addSpan.run(room, first, packNumbers(positions.split(',').map(Number)));
    }
    commands.run();
    // What is gone may be among what is new.
    expiring.run();
    for (const [no, seq] of this.#gone) this.#statements.dropExpiring.run(no, seq);
    for (const [user, room, seqs] of this.#statements.own.values() as [Uint8Array, number, string][]) {
      this.#userRooms.addOwn(user, room, seqs.split(',').map(Number));
    }
    this.#writeDelivered(soft.delivered);
    for (const [user, at] of soft.lastActive) this.#statements.lastActive.run(idToBytes(user), at);
  }

  /** Takes in an event that does more than add a message that names nobody. */
  #take(position: number): void {
    const row = this.#log.row(position);
    const entry = row === undefined ? undefined : toLogEntry(row);
    if (row === undefined || entry?.type !== 'event') throw new Error(`no event at position ${position}`);
    if (!isPlain(entry.event)) this.#foldIntoHead(row, entry);
    const namings = namingsOf(entry.event);
    const no = namings.length === 0 ? undefined : this.#statements.number.get(row.room)?.no;
    if (no === undefined) return;
    for (const naming of namings) this.#mentions.write(no, naming);
  }

  /** Folds an event that does more than add a message into its room's head. */
  #foldIntoHead(row: StoredRow, entry: EventEntry): void {
    const { position } = entry;
    const known = this.#reader.head(entry.room)?.head;
    const no = known === undefined ? position : this.#statements.number.get(row.room)?.no;
    if (no === undefined) throw new Error(`no room for the event at position ${position}`);
    const deleted = entry.event.kind === 'deletion' ? this.#deletedBy(row) : undefined;
    const head = evolveHead(known, entry, { counts: deleted !== undefined });
    this.#statements.saveRoom.run(
      no,
      row.room,
      head.roomKind,
      head.name ?? null,
      idToBytes(head.creator),
      head.history,
      head.memberCount,
      head.seq,
      head.ordinal,
      head.at,
      head.position,
      head.deletedMax,
      head.at,
      head.rulesVersion,
      head.facts === NO_FACTS ? null : JSON.stringify(head.facts),
      head.relation === undefined ? null : JSON.stringify(head.relation),
      head.relatedAt,
      channelText(head) ?? null,
    );
    this.#noteReference(no, entry, deleted);
    this.#reactions.note(no, entry.event);
  }

  /** The counting event that a deletion deletes. */
  #deletedBy(row: StoredRow): StoredRow | undefined {
    const [position] = parseExtra(row.extra).erased ?? [];
    const target = position === undefined ? undefined : this.#log.row(position);
    return target !== undefined && (target.kind & COUNTS_FLAG) !== 0 ? target : undefined;
  }

  #noteReference(no: number, { event }: EventEntry, deleted: StoredRow | undefined): void {
    if (event.kind === 'edit' && event.refersTo !== undefined) {
      this.#statements.addEdit.run(no, event.refersTo, event.seq);
    }
    if (deleted !== undefined) this.#statements.addDeleted.run(no, deleted.seq, deleted.sender);
    for (const { seq, sender } of messagesHiddenBy(event)) {
      this.#gone.push([no, seq]);
      if (event.kind !== 'deletion') this.#statements.addDeleted.run(no, seq, idToBytes(sender));
    }
  }

  #writeDelivered(delivered: SoftWrites['delivered']): void {
    // The text of ids has the order of their bytes.
    const sorted = delivered.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    let former: UserId | undefined;
    let bytes: Uint8Array = new Uint8Array();
    for (const [user, room, seq] of sorted) {
      if (user !== former) bytes = idToBytes(user);
      former = user;
      const no = this.#number(room);
      if (no !== undefined) this.#userRooms.addDelivered(bytes, no, seq);
    }
  }

  #number(room: RoomId): number | undefined {
    return this.#reader.room(room);
  }
}

/** What such a message does to its room's head is done for all of them at once. */
function isPlain({ kind, change, rulesVersion }: RoomEvent): boolean {
  return kind === 'message' && change === undefined && rulesVersion === undefined;
}

type Bindings = (string | number | Uint8Array | null)[];

function prepare(database: Database) {
  const write = (sql: string) => database.prepare<unknown, Bindings>(sql);
  const { joined, left, removed } = READER_KINDS;
  const readers = `(${joined}, ${left}, ${removed})`;
  const plain = `(${MESSAGE_KIND}, ${REFUSAL_KIND}, ${MARKS_KIND}, ${SETTING_KIND}, ${joined}, ${left}, ${removed})`;
  return {
    clear: write('DELETE FROM batch'),
    rare: database.prepare<{ position: number }, [number, number]>(
      `SELECT position FROM log.entries
       WHERE position > ? AND position <= ? AND (kind & ~${COUNTS_FLAG} NOT IN ${plain}
         OR (kind & ~${COUNTS_FLAG} = ${MESSAGE_KIND} AND instr(extra, '"mentions') > 0)) ORDER BY position`,
    ),
    fill: write(
      `INSERT INTO batch
       SELECT e.position, e.kind, rooms.no, e.seq, e.at, e.sender, e.device, e.command, e.ordinal,
         CASE WHEN e.extra IS NOT NULL AND e.kind & ~${COUNTS_FLAG | CHANGES_FLAG} = ${MESSAGE_KIND} THEN e.extra ->> 'expiresAt' END
       FROM log.entries AS e JOIN rooms ON rooms.room = e.room
       WHERE e.position > ? AND e.position <= ? AND e.kind NOT IN (${MARKS_KIND}, ${SETTING_KIND})`,
    ),
    number: database.prepare<{ no: number }, [Uint8Array]>('SELECT no FROM rooms WHERE room = ?'),
    saveRoom: write(
      `INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (no) DO UPDATE SET
       name = excluded.name, history = excluded.history, member_count = excluded.member_count, seq = excluded.seq,
       ordinal = excluded.ordinal, at = excluded.at, position = excluded.position, deleted_max = excluded.deleted_max,
       time = max(time, excluded.time), rules_version = excluded.rules_version, facts = excluded.facts,
       relation = excluded.relation, related_at = excluded.related_at, search = excluded.search`,
    ),
    // Of a group, SQLite gives the row with the greatest position.
    moveHeads: write(
      `UPDATE rooms SET seq = b.seq, ordinal = b.ordinal, at = b.at, position = b.position, time = max(time, b.at)
       FROM (SELECT room, seq, ordinal, at, max(position) AS position FROM batch
             WHERE kind <> ${REFUSAL_KIND} AND kind NOT IN ${readers} GROUP BY room) AS b
       WHERE rooms.no = b.room`,
    ),
    moveTimes: write(
      `UPDATE rooms SET time = max(time, b.at)
       FROM (SELECT room, max(at) AS at FROM batch WHERE kind = ${REFUSAL_KIND} GROUP BY room) AS b
       WHERE rooms.no = b.room`,
    ),
    // One statement for all who came and went, so that a channel that everybody joins costs little.
    countReaders: write(
      `UPDATE rooms SET member_count = member_count + b.delta, readers_at = b.position, time = max(time, b.at)
       FROM (SELECT room, sum(CASE kind WHEN ${joined} THEN 1 ELSE -1 END) AS delta, max(position) AS position,
             max(at) AS at FROM batch WHERE kind IN ${readers} GROUP BY room) AS b
       WHERE rooms.no = b.room`,
    ),
    spans: database.prepare(
      `SELECT room, first, group_concat(position) FROM (
         SELECT room, seq - (seq - 1) % ${SPAN_EVENTS} AS first, position FROM batch
         WHERE kind <> ${REFUSAL_KIND} AND kind NOT IN ${readers} ORDER BY room, seq
       ) GROUP BY room, first`,
    ),
    addSpan: write(
      `INSERT INTO spans VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET positions = CAST(positions || excluded.positions AS BLOB)`,
    ),
    // A command that stood in the log twice would keep its first answer.
    commands: write(
      `INSERT OR IGNORE INTO commands SELECT room, device, command, position FROM batch
       WHERE command IS NOT NULL ORDER BY room, device, command, position`,
    ),
    own: database.prepare(
      `SELECT sender, room, group_concat(seq) FROM (
         SELECT sender, room, seq FROM batch WHERE kind & ${COUNTS_FLAG} ORDER BY sender, room, seq
       ) GROUP BY sender, room`,
    ),
    expiring: write(
      'INSERT OR IGNORE INTO expiring SELECT room, seq, expires, sender FROM batch WHERE expires IS NOT NULL',
    ),
    dropExpiring: write('DELETE FROM expiring WHERE room = ? AND seq = ?'),
    addEdit: write('INSERT INTO edits VALUES (?, ?, ?)'),
    addDeleted: write('INSERT OR IGNORE INTO deleted VALUES (?, ?, ?)'),
    lastActive: write('INSERT INTO last_active VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at'),
  };
}
