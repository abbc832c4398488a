import {
  type AccountSettings,
  type ClientMessageId,
  type Cursor,
  type Event,
  event as eventSchema,
  type RoomId,
  type Seq,
} from '@maru/protocol';
import { NOTHING_SCHEDULED, type ScheduledList } from '../later/scheduled-list.ts';
import { isEmptyRecord, type OwnRecord } from '../own/own-record.ts';
import type { AccountChange, Person } from '../people/person.ts';
import { type EventSlot, expiredBy, fold } from '../room/amend.ts';
import type { RoomRecord } from '../room/room-record.ts';
import { unreachable } from '../unreachable.ts';
import type { ClientStore, Identity, OutboxItem, PeopleChange, StoreChange, StoredState } from './store.ts';

export type SqlValue = string | number | null;

/** A prepared statement of `bun:sqlite` or `node:sqlite`. */
export interface SqlStatement {
  run(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** The part of a SQLite library that the store needs. */
export interface SqlDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqlStatement;
  close(): unknown;
}

const BUSY_MS = 5_000;

/**
 * What makes the tables, a step a version: a store of an earlier one gets the steps that it lacks. How many there are is
 * written into the file, and a store with more is not opened.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE device (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE rooms (room TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE events (
    room TEXT NOT NULL, seq INTEGER NOT NULL, edits INTEGER, event TEXT NOT NULL, PRIMARY KEY (room, seq)
  ) WITHOUT ROWID;
  CREATE INDEX edits ON events (room, edits) WHERE edits IS NOT NULL;
  CREATE TABLE outbox (
    room TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (room, id)
  ) WITHOUT ROWID;
  CREATE TABLE last_ids (room TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
  `,
  'CREATE TABLE people (user TEXT PRIMARY KEY, person TEXT NOT NULL);',
  // Events say when they expire.
  `
  ALTER TABLE events ADD COLUMN expires INTEGER;
  UPDATE events SET expires = event ->> '$.expiresAt' WHERE event ->> '$.content' IS NOT NULL;
  CREATE INDEX expiring ON events (expires) WHERE expires IS NOT NULL;
`,
];

/** Begins the keys of the user's own settings, beside those of what a device has one of. */
const OWN = 'own:';

const STATEMENTS = {
  device: 'SELECT key, value FROM device',
  rooms: 'SELECT record FROM rooms',
  outbox: 'SELECT item FROM outbox ORDER BY place',
  lastIds: 'SELECT room, id FROM last_ids',
  events: 'SELECT event FROM events WHERE room = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  edits: 'SELECT event FROM events WHERE room = ? AND edits = ? ORDER BY seq',
  expired: 'SELECT room, event FROM events WHERE expires <= ?',
  nextExpiry: 'SELECT min(expires) AS next FROM events WHERE expires IS NOT NULL',
  putDevice: 'INSERT OR REPLACE INTO device VALUES (?, ?)',
  dropDevice: 'DELETE FROM device WHERE key = ?',
  putRoom: 'INSERT OR REPLACE INTO rooms VALUES (?, ?)',
  dropRoom: 'DELETE FROM rooms WHERE room = ?',
  dropEvents: 'DELETE FROM events WHERE room = ?',
  putEvent: 'INSERT OR REPLACE INTO events (room, seq, edits, event, expires) VALUES (?, ?, ?, ?, ?)',
  keepEvents: 'DELETE FROM events WHERE room = ? AND (seq < ? OR seq > ?)',
  putOutbox: 'INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?)',
  dropOutbox: 'DELETE FROM outbox WHERE room = ? AND id = ?',
  people: 'SELECT person FROM people ORDER BY rowid',
  putPerson: 'INSERT OR REPLACE INTO people VALUES (?, ?)',
  dropPerson: 'DELETE FROM people WHERE user = ?',
  putLastId: 'INSERT OR REPLACE INTO last_ids VALUES (?, ?)',
} as const;

/**
 * A store in a SQLite file: one transaction and one fsync (WAL, synchronous=FULL) for each `apply`. Events are checked as
 * they are read; the other rows are this program's own, of this version.
 */
export class SqlStore implements ClientStore {
  readonly #database: SqlDatabase;
  readonly #sql: Record<keyof typeof STATEMENTS, SqlStatement>;

  /** Takes an open database over, which the store closes. */
  constructor(database: SqlDatabase) {
    this.#database = database;
    // Whoever had the store before may still be closing it.
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;`);
    const [row] = database.prepare('PRAGMA user_version').all() as { user_version: number }[];
    const version = row?.user_version ?? 0;
    if (version > STEPS.length) {
      database.close();
      throw new Error(`the store was written by a newer version (${version}, known is ${STEPS.length})`);
    }
    for (const [step, sql] of STEPS.entries()) {
      if (step >= version) database.exec(`BEGIN; ${sql} PRAGMA user_version = ${step + 1}; COMMIT;`);
    }
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#sql = Object.fromEntries(prepared) as Record<keyof typeof STATEMENTS, SqlStatement>;
  }

  async load(): Promise<StoredState> {
    const device = new Map(
      (this.#sql.device.all() as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
    );
    const identity = device.get('identity');
    const profileChange = device.get('profile-change');
    const accountSettings = device.get('account-settings');
    const scheduled = device.get('scheduled');
    const lastIds = this.#sql.lastIds.all() as { room: RoomId; id: ClientMessageId }[];
    return {
      identity: identity === undefined ? undefined : (JSON.parse(identity) as Identity),
      cursor: device.get('cursor') as Cursor | undefined,
      rooms: (this.#sql.rooms.all() as { record: string }[]).map(
        (row) => JSON.parse(row.record) as RoomRecord,
      ),
      outbox: (this.#sql.outbox.all() as { item: string }[]).map((row) => JSON.parse(row.item) as OutboxItem),
      lastIds: new Map(lastIds.map(({ room, id }) => [room, id])),
      own: [...device].flatMap(([key, value]) =>
        key.startsWith(OWN) ? [JSON.parse(value) as OwnRecord] : [],
      ),
      people: (this.#sql.people.all() as { person: string }[]).map((row) => JSON.parse(row.person) as Person),
      profileChange: profileChange === undefined ? undefined : (JSON.parse(profileChange) as AccountChange),
      accountSettings:
        accountSettings === undefined ? undefined : (JSON.parse(accountSettings) as AccountSettings),
      scheduled: scheduled === undefined ? NOTHING_SCHEDULED : (JSON.parse(scheduled) as ScheduledList),
    };
  }

  async apply(changes: readonly StoreChange[]): Promise<void> {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const change of changes) this.#change(change);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    // What was written before would stay in the write-ahead log.
    if (changes.some(erases)) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async events(room: RoomId, from: number, to: number): Promise<Event[]> {
    return parse(this.#sql.events.all(room, from, to));
  }

  async nextExpiry(): Promise<number | undefined> {
    const [row] = this.#sql.nextExpiry.all() as { next: number | null }[];
    return row?.next ?? undefined;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #change(change: StoreChange): void {
    const sql = this.#sql;
    switch (change.kind) {
      case 'identity':
        sql.putDevice.run('identity', JSON.stringify(change.identity));
        break;
      case 'cursor':
        if (change.cursor === undefined) sql.dropDevice.run('cursor');
        else sql.putDevice.run('cursor', change.cursor);
        break;
      case 'room':
        sql.putRoom.run(change.record.room, JSON.stringify(change.record));
        break;
      case 'forget-room':
        sql.dropRoom.run(change.room);
        sql.dropEvents.run(change.room);
        break;
      case 'events':
        for (const event of change.events) this.#put(change.room, event);
        break;
      case 'amend':
        fold(this.#slot(change.room), change.amendment);
        break;
      case 'expire':
        this.#expire(change.through);
        break;
      case 'keep':
        sql.keepEvents.run(change.room, change.from, change.to);
        break;
      case 'outbox': {
        const { command, order } = change.item;
        sql.putOutbox.run(command.room, command.clientMessageId, order, JSON.stringify(change.item));
        break;
      }
      case 'outbox-done':
        sql.dropOutbox.run(change.room, change.clientMessageId);
        break;
      case 'last-id':
        sql.putLastId.run(change.room, change.clientMessageId);
        break;
      case 'scheduled':
        if (change.list === NOTHING_SCHEDULED) sql.dropDevice.run('scheduled');
        else sql.putDevice.run('scheduled', JSON.stringify(change.list));
        break;
      case 'own': {
        const key = `${OWN}${change.record.name}`;
        if (isEmptyRecord(change.record)) sql.dropDevice.run(key);
        else sql.putDevice.run(key, JSON.stringify(change.record));
        break;
      }
      default:
        this.#changePeople(change);
    }
  }

  #changePeople(change: PeopleChange): void {
    const sql = this.#sql;
    switch (change.kind) {
      case 'person':
        sql.putPerson.run(change.person.user, JSON.stringify(change.person));
        break;
      case 'forget-people':
        for (const user of change.users) sql.dropPerson.run(user);
        break;
      case 'profile-change':
        if (change.change === undefined) sql.dropDevice.run('profile-change');
        else sql.putDevice.run('profile-change', JSON.stringify(change.change));
        break;
      case 'account-settings':
        if (change.settings === undefined) sql.dropDevice.run('account-settings');
        else sql.putDevice.run('account-settings', JSON.stringify(change.settings));
        break;
      default:
        unreachable(change);
    }
  }

  #put(room: RoomId, event: Event): void {
    const edits = event.kind === 'edit' ? (event.refersTo ?? null) : null;
    const expires = (event.content ?? event.edited) === undefined ? null : (event.expiresAt ?? null);
    this.#sql.putEvent.run(room, event.seq, edits, JSON.stringify(event), expires);
  }

  #expire(through: number): void {
    const rows = this.#sql.expired.all(through) as { room: RoomId; event: string }[];
    for (const { room, event } of rows) {
      for (const parsed of parse([{ event }])) this.#put(room, expiredBy(parsed, through));
    }
  }

  #slot(room: RoomId): EventSlot {
    return {
      get: (seq: Seq) => parse(this.#sql.events.all(room, seq, seq))[0],
      edits: (target: Seq) => parse(this.#sql.edits.all(room, target)),
      put: (event: Event) => this.#put(room, event),
    };
  }
}

function erases(change: StoreChange): boolean {
  return change.kind === 'expire' || (change.kind === 'amend' && change.amendment.kind === 'erased');
}

function parse(rows: unknown[]): Event[] {
  return (rows as { event: string }[]).map((row) => eventSchema.parse(JSON.parse(row.event)));
}
