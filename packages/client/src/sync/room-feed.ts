import { type Event, expiryOf, NO_FACTS, type RoomEntry } from '@maru/protocol';
import type { ReportFault } from '../errors.ts';
import { amend, amendmentsOf } from '../room/amend.ts';
import { isSameEvent } from '../room/room-record.ts';
import type { OwnEvent, Room, Rooms } from '../room/rooms.ts';
import type { Named } from '../room/unread-mentions.ts';
import { isVisible, nextVisible } from '../room/visible.ts';
import { recordOfEntry, withEntry } from '../room/with-entry.ts';
import { withEvent } from '../room/with-event.ts';
import type { Journal } from '../store/journal.ts';

/** Events that may wait behind a gap in one room; what comes beyond is fetched again. */
const HELD_MAX = 1_000;

export interface FeedDeps {
  readonly named: Named;
  readonly rooms: Rooms;
  readonly journal: Journal;
  readonly report: ReportFault;
  /** How many missing events are filled in; with more, the run begins anew at the room's end. */
  readonly gapEventsMax: number;
  /** An event joined a room's run. */
  readonly applied: (room: Room, event: Event) => void;
  /** The run begins anew: what was known of it is dropped. */
  readonly restarted: (room: Room) => void;
  /** The run has begun anew: what lies before it will not come. */
  readonly begun: (room: Room) => void;
  /** The server tells another story than before. */
  readonly conflict: (room: Room) => void;
}

/**
 * The way of events into rooms, whoever brings them: each joins its room's run when all before it are there (`[ORD3]`),
 * and once, however often it comes.
 */
export class RoomFeed {
  readonly #deps: FeedDeps;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
  }

  /** Events that came live, or in a page that goes on where the run ends. */
  offer(room: Room, events: readonly (Event | OwnEvent)[]): void {
    for (const event of events) this.#offerOne(room, event);
    this.#drain(room);
  }

  /** A room's entry: a new room, or what changed of one that is known. */
  enter(entry: RoomEntry): Room {
    const { rooms, journal } = this.#deps;
    let room = rooms.get(entry.room);
    if (room === undefined) room = rooms.add(recordOfEntry(entry));
    else {
      // Who comes back has missed what was edited and deleted meanwhile.
      if (isReturn(room.record, entry)) this.drop(room);
      room.record = withEntry(room.record, entry);
    }
    room.announced = Math.max(room.announced, entry.head.seq);
    journal.touch(entry.room);
    const first = entry.events[0];
    if (first !== undefined) this.#enterEvents(room, first, entry.events);
    rooms.touch(room);
    return room;
  }

  /** Begins the run anew with the newest events, all up to the room's end. */
  restart(room: Room, events: readonly Event[]): void {
    this.drop(room);
    for (const event of events) this.#apply(room, event);
    this.#drain(room);
    this.#deps.begun(room);
  }

  /** Drops a room's events. */
  drop(room: Room): void {
    const { journal, rooms, restarted } = this.#deps;
    if (room.record.stored === undefined) return;
    room.record = { ...room.record, stored: undefined, latest: undefined, fromOthers: 0 };
    journal.add({ kind: 'keep', room: room.record.room, from: 0, to: -1 });
    journal.touch(room.record.room);
    restarted(room);
    rooms.touch(room);
  }

  #enterEvents(room: Room, first: Event, events: readonly Event[]): void {
    const { stored, visible } = room.record;
    if (stored === undefined) {
      this.restart(room, events);
      return;
    }
    const next = nextVisible(visible, stored.tip.seq) ?? first.seq;
    if (first.seq - next > this.#deps.gapEventsMax) this.restart(room, events);
    else this.offer(room, events);
  }

  #offerOne(room: Room, event: Event | OwnEvent): void {
    const { visible, stored } = room.record;
    room.announced = Math.max(room.announced, event.seq);
    if (stored !== undefined && event.seq <= stored.tip.seq) {
      if (event.ordinal !== undefined && event.seq === stored.tip.seq && !isSameEvent(stored.tip, event)) {
        this.#conflict(room, event);
      }
      return;
    }
    if (!isVisible(visible, event.seq)) return;
    const complete = this.#follows(room, event);
    if (complete !== undefined) this.#apply(room, complete);
    else if (room.held.size < HELD_MAX) this.#hold(room, event);
  }

  #hold(room: Room, event: Event | OwnEvent): void {
    // What the server sent is whole; what this device made up itself lacks the ordinal.
    if (event.ordinal !== undefined || !room.held.has(event.seq)) room.held.set(event.seq, event);
  }

  /** The event, whole, if it is the next of the run. */
  #follows(room: Room, event: Event | OwnEvent): Event | undefined {
    const { visible, stored } = room.record;
    if (nextVisible(visible, stored?.tip.seq ?? 0) !== event.seq) return undefined;
    if (event.ordinal !== undefined) return event;
    if (stored === undefined || stored.tip.seq !== event.seq - 1) return undefined;
    const { head, facts = NO_FACTS } = room.record;
    const whole = { ...event, ordinal: stored.tip.ordinal + (event.counts ? 1 : 0) };
    if (event.kind !== 'message') return whole;
    // The record's facts may be those of a later head: then the server is asked how long it stays.
    if (head.seq !== stored.tip.seq) return undefined;
    return { ...whole, ...expiryOf(facts, event.expiresAfter, event.at) };
  }

  #drain(room: Room): void {
    while (room.held.size > 0) {
      const tip = room.record.stored?.tip.seq ?? 0;
      const next = nextVisible(room.record.visible, tip);
      const event = next === undefined ? undefined : room.held.get(next);
      const complete = event === undefined ? undefined : this.#follows(room, event);
      if (complete === undefined) break;
      room.held.delete(complete.seq);
      this.#apply(room, complete);
    }
    const tip = room.record.stored?.tip.seq ?? 0;
    for (const seq of room.held.keys()) if (seq <= tip) room.held.delete(seq);
  }

  #apply(room: Room, event: Event): void {
    const { named, rooms, journal, applied } = this.#deps;
    const { room: id } = room.record;
    room.record = withEvent(room.record, event, named);
    journal.add({ kind: 'events', room: id, events: [event] });
    for (const amendment of amendmentsOf(event, named.me, room.record.visible)) {
      journal.add({ kind: 'amend', room: id, amendment });
      if (room.pagesUnderWay > 0) room.amendments.push(amendment);
    }
    journal.touch(id);
    applied(room, event);
    rooms.touch(room);
  }

  #conflict(room: Room, event: Event): void {
    const { report, conflict } = this.#deps;
    report({ code: 'conflicting-event', message: `two events ${event.seq} in ${room.record.room}` });
    conflict(room);
  }
}

/** Reads a page of a room's events, and keeps what happens to messages meanwhile for {@link amendPage}. */
export async function withPage<T>(room: Room, read: () => Promise<T>): Promise<T> {
  room.pagesUnderWay++;
  try {
    return await read();
  } finally {
    if (--room.pagesUnderWay === 0) room.amendments = [];
  }
}

/** A page of events with what happened to them while it was under way. */
export function amendPage(room: Room, events: readonly Event[]): Event[] {
  return events.map((event) =>
    room.amendments.reduce(
      (amended, amendment) => (amendment.target === event.seq ? amend(amended, amendment) : amended),
      event,
    ),
  );
}

/**
 * Whether an entry tells of one who was out and is back: behind a hole that they may not see into, or with a run that ends
 * with how they went and may lack what was before it.
 */
function isReturn({ visible, stored, membership }: Room['record'], entry: RoomEntry): boolean {
  if (stored !== undefined && membership !== 'member' && entry.membership === 'member') return true;
  const [begins = 0] = entry.visible.at(-1) ?? [];
  return stored !== undefined && begins > stored.tip.seq + 1 && begins !== visible.at(-1)?.[0];
}
