import type { Event, RoomId } from '@maru/protocol';
import type { ReceiptCount } from '../view/receipts-view.ts';
import type { Amendment } from './amend.ts';
import type { RoomRecord } from './room-record.ts';
import { nextVisible } from './visible.ts';

/**
 * An event that this device made itself, by the answer to its command: all but what its place gives, the ordinal and,
 * of a message, when it expires.
 */
export type OwnEvent = Omit<Event, 'ordinal'> & { readonly ordinal?: undefined };

/** A room in memory: the record, and what lasts no longer than the process. */
export class Room {
  record: RoomRecord;
  /** The newest number that anybody has told of. What is missing up to it is fetched. */
  announced: number;
  /** Events behind a gap, shown to nobody until it is filled (`[ORD3]`). */
  readonly held = new Map<number, Event | OwnEvent>();
  /** Edits and deletions since the oldest page that is still under way was asked for, which it may not know. */
  amendments: Amendment[] = [];
  pagesUnderWay = 0;
  /** Of a big room that is looked at: by how many its newest messages were stored and read. */
  receiptCounts: ReadonlyMap<number, ReceiptCount> = new Map();
  /** Rises with every change that a view could show. */
  version = 0;

  constructor(record: RoomRecord) {
    this.record = record;
    this.announced = record.head.seq;
  }

  /** The next event of the stored run, if anything is known to lie there. */
  get missing(): number | undefined {
    const { visible, stored } = this.record;
    const next = nextVisible(visible, stored?.tip.seq ?? 0);
    return next !== undefined && next <= this.announced ? next : undefined;
  }
}

/** All rooms that the device knows. Tells of each change. */
export class Rooms implements Iterable<Room> {
  readonly #rooms = new Map<RoomId, Room>();
  readonly #changed: (room: RoomId) => void;
  /** Rises when a room comes or goes or moves in the list. */
  version = 0;

  constructor(records: readonly RoomRecord[], changed: (room: RoomId) => void) {
    this.#changed = changed;
    for (const record of records) this.#rooms.set(record.room, new Room(record));
  }

  get(room: RoomId): Room | undefined {
    return this.#rooms.get(room);
  }

  [Symbol.iterator](): Iterator<Room> {
    return this.#rooms.values();
  }

  add(record: RoomRecord): Room {
    const room = new Room(record);
    this.#rooms.set(record.room, room);
    this.touch(room);
    return room;
  }

  delete(room: Room): void {
    this.#rooms.delete(room.record.room);
    this.touch(room);
  }

  /** Something to be seen of a room changed. */
  touch(room: Room): void {
    room.version++;
    this.version++;
    this.#changed(room.record.room);
  }
}
