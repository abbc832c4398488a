import type { ClientMessageId, Event, RoomId, UserId } from '@maru/protocol';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { Person } from '../people/person.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { OutboxItem } from '../store/store.ts';
import type { Act } from '../tabs/act.ts';

/** An event with what it is found by. */
export interface EventRow {
  readonly event: Event;
  /** What it edits. */
  readonly edits?: [RoomId, number];
  /** When it ends, as long as it says something. */
  readonly expires?: number;
}

/** The object stores, with their keys. */
export interface Schema extends DBSchema {
  /** What a device has one of, and the user's own settings by `own:` and their name. */
  device: { key: string; value: unknown };
  rooms: { key: RoomId; value: RoomRecord };
  events: {
    key: [RoomId, number];
    value: EventRow;
    indexes: { edits: [RoomId, number]; expires: number };
  };
  outbox: { key: [RoomId, ClientMessageId]; value: OutboxItem };
  lastIds: { key: RoomId; value: ClientMessageId };
  /** `place` rises with when somebody was learnt. */
  people: { key: UserId; value: { readonly place: number; readonly person: Person } };
  /** What tabs without the connection gave, by a rising number (`[TABS2]`). */
  given: { key: number; value: readonly Act[] };
}

export type Database = IDBPDatabase<Schema>;
export type StoreName = 'device' | 'rooms' | 'events' | 'outbox' | 'lastIds' | 'people' | 'given';
export type Writing = IDBPTransaction<Schema, StoreName[], 'readwrite'>;

export type Step = (database: Database) => void;

/**
 * What makes the object stores, a step a version: a database of an earlier one gets the steps that it lacks, in one
 * transaction. One of a later version is not opened.
 */
export const STEPS: readonly Step[] = [
  (database) => {
    database.createObjectStore('device');
    database.createObjectStore('rooms');
    const events = database.createObjectStore('events');
    events.createIndex('edits', 'edits');
    events.createIndex('expires', 'expires');
    database.createObjectStore('outbox');
    database.createObjectStore('lastIds');
    database.createObjectStore('people');
    database.createObjectStore('given', { autoIncrement: true });
  },
];
