import type { Page, RoomId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { Disconnected, RequestRefused } from '../errors.ts';
import type { Room } from '../room/rooms.ts';
import type { RoomFeed } from './room-feed.ts';

/** Rooms that are filled at a time. */
const AT_A_TIME = 4;
/** How long a gap may be nothing but frames that overtook each other. */
const GRACE_MS = 50;
/** The newest events, fetched where a run begins anew. */
const END_EVENTS = 50;

export interface HistoryQuery {
  readonly room: RoomId;
  readonly from?: Page['head'];
  readonly direction: 'older' | 'newer' | 'around';
  readonly limit: number;
}

export interface FillerDeps {
  readonly clock: Clock;
  readonly feed: RoomFeed;
  readonly gapEventsMax: number;
  readonly session: { history(query: HistoryQuery): Promise<Page> };
  /** A room is further behind than a page can tell: only its entry can. */
  readonly needsSync: () => void;
  /** A room has all that was announced, or can't have it. */
  readonly filled: (room: Room) => void;
}

/** Fetches what is missing in rooms (`[ORD3]`), a few at a time. */
export class GapFiller {
  readonly #deps: FillerDeps;
  /** Rooms to be filled, in the order in which the gaps were met; and those under way. */
  readonly #waiting = new Set<Room>();
  readonly #filling = new Set<Room>();
  /** Rooms whose gap may close by itself. */
  readonly #graced = new Set<Room>();
  #grace: Cancel | undefined;
  #online = false;

  constructor(deps: FillerDeps) {
    this.#deps = deps;
  }

  online(): void {
    this.#online = true;
    this.#next();
  }

  offline(): void {
    this.#online = false;
    this.#waiting.clear();
    this.#graced.clear();
    this.#grace?.();
    this.#grace = undefined;
  }

  /** Fills the room if something is missing. */
  fill(room: Room): void {
    if (room.missing === undefined || this.#filling.has(room)) return;
    this.#waiting.add(room);
    this.#next();
  }

  /** The same in a moment, if it is still missing then. */
  fillSoon(room: Room): void {
    if (room.missing === undefined || this.#filling.has(room)) return;
    this.#graced.add(room);
    this.#grace ??= this.#deps.clock.after(GRACE_MS, () => {
      this.#grace = undefined;
      const graced = [...this.#graced];
      this.#graced.clear();
      for (const late of graced) this.fill(late);
    });
  }

  #next(): void {
    for (const room of this.#waiting) {
      if (!this.#online || this.#filling.size >= AT_A_TIME) return;
      this.#waiting.delete(room);
      this.#filling.add(room);
      void this.#run(room);
    }
  }

  async #run(room: Room): Promise<void> {
    let given = true;
    try {
      while (this.#online && room.missing !== undefined && (await this.#step(room)));
    } catch (error) {
      if (error instanceof Disconnected) given = false;
      else if (!(error instanceof RequestRefused)) throw error;
      // Not a member any more: an entry says so, or has said so.
      else room.announced = room.record.stored?.tip.seq ?? 0;
    }
    this.#filling.delete(room);
    if (given) this.#deps.filled(room);
    this.#next();
  }

  /** One page. Says whether it brought the room forward. */
  async #step(room: Room): Promise<boolean> {
    const { feed, session, needsSync } = this.#deps;
    const { room: id, stored, head } = room.record;
    const missing = room.missing ?? 0;
    if (stored !== undefined && !this.#isFar(room)) {
      // From the last known event on: if the server has another one under its number, that shows here.
      const page = await session.history({
        room: id,
        from: stored.tip.seq,
        direction: 'newer',
        limit: limits.PAGE_EVENTS_MAX,
      });
      see(room, page);
      feed.offer(room, page.events);
      return room.missing !== missing;
    }
    const page = await session.history({ room: id, direction: 'older', limit: END_EVENTS });
    see(room, page);
    // An entry may have begun the run anew meanwhile, beyond this page.
    if (room.record.stored !== undefined && !this.#isFar(room)) {
      feed.offer(room, page.events);
      return true;
    }
    const first = page.events[0];
    if (first === undefined) return false;
    // What happened above the head that the entry told of is counted event by event, none left out.
    if (page.head > head.seq && first.seq > head.seq + 1) {
      needsSync();
      return false;
    }
    feed.restart(room, page.events);
    return room.missing !== missing;
  }

  /** Whether more is missing than is filled in. */
  #isFar(room: Room): boolean {
    return room.missing !== undefined && room.announced - room.missing >= this.#deps.gapEventsMax;
  }
}

function see(room: Room, page: Page): void {
  room.record = { ...room.record, visible: page.visible };
  room.announced = Math.max(room.announced, page.head);
}
