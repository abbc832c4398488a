import type { Event, Page, RoomId, Seq, UserId } from '@maru/protocol';
import { amend, amendmentsOf, expiredBy } from '../room/amend.ts';
import { folds } from '../room/folds.ts';
import type { Room } from '../room/rooms.ts';
import { isVisible } from '../room/visible.ts';
import type { Journal } from '../store/journal.ts';
import type { ClientStore } from '../store/store.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import { amendPage, withPage } from '../sync/room-feed.ts';
import { foldedQuote, type Quote, quoteOf } from './quote.ts';
import type { Timeline } from './timeline.ts';

/** Quoted messages of a room that are kept beside those that it shows; the oldest go first. */
const KEPT_MAX = 500;

export interface QuotesDeps {
  readonly me: UserId;
  readonly journal: Journal;
  readonly store: ClientStore;
  readonly session: { history(query: HistoryQuery): Promise<Page> };
  readonly changed: (room: Room) => void;
  /** Whether the user has deleted a message for themselves. */
  readonly hides: (room: Room, seq: Seq) => boolean;
  /** Whether the user blocks somebody, whose messages come folded (`[REL14]`). */
  readonly blocks: (user: UserId) => boolean;
  /** These are in memory from now on. */
  readonly shown: (events: readonly Event[]) => void;
}

/** What is known of a room's quoted messages. */
interface RoomQuotes {
  readonly events: Map<Seq, Event>;
  /** Asked for: being read, or not to be had now. */
  readonly asked: Set<Seq>;
}

/**
 * The messages that others quote: from what is shown, the store, or one read of history each, and kept right by the
 * room's events. Nothing is read before somebody looks.
 */
export class Quotes {
  readonly #deps: QuotesDeps;
  readonly #rooms = new Map<RoomId, RoomQuotes>();
  /** One read at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(deps: QuotesDeps) {
    this.#deps = deps;
  }

  /** A message as it is quoted at `now`. What is not here is asked for, and `changed` told when it is. */
  of(room: Room, seq: Seq, timeline: Timeline | undefined, now: number): Quote {
    if (!isVisible(room.record.visible, seq) || this.#deps.hides(room, seq)) return { kind: 'hidden', seq };
    const { events, asked } = this.#quotes(room);
    const event = timeline?.event(seq) ?? events.get(seq);
    if (event !== undefined) {
      const quote = quoteOf(event, now);
      const isFolded = folds(room.record) && this.#deps.blocks(event.sender);
      return isFolded ? foldedQuote(quote) : quote;
    }
    if (!asked.has(seq)) {
      asked.add(seq);
      this.#turn = this.#turn.then(() => this.#read(room, seq));
    }
    return { kind: 'awaited', seq };
  }

  /** An event joined the room's run. */
  applied(room: Room, event: Event): void {
    const events = this.#rooms.get(room.record.room)?.events;
    if (events === undefined) return;
    for (const amendment of amendmentsOf(event, this.#deps.me, room.record.visible)) {
      const target = events.get(amendment.target);
      if (target !== undefined) events.set(target.seq, amend(target, amendment));
    }
  }

  /** Blanks what has expired by `now`. Gives whether anything had. */
  expire(room: RoomId, now: number): boolean {
    let changed = false;
    const events = this.#rooms.get(room)?.events;
    for (const [seq, event] of events ?? []) {
      const left = expiredBy(event, now);
      if (left === event) continue;
      events?.set(seq, left);
      changed = true;
    }
    return changed;
  }

  /** There is a session: what could not be read before is asked for again, by who looks. */
  online(): void {
    for (const { asked } of this.#rooms.values()) asked.clear();
  }

  /** What was known of a room may be out of date, or is not wanted any more. */
  forget(room: RoomId): void {
    this.#rooms.delete(room);
  }

  #quotes({ record }: Room): RoomQuotes {
    let quotes = this.#rooms.get(record.room);
    if (quotes === undefined) {
      quotes = { events: new Map(), asked: new Set() };
      this.#rooms.set(record.room, quotes);
    }
    return quotes;
  }

  async #read(room: Room, seq: Seq): Promise<void> {
    const quotes = this.#rooms.get(room.record.room);
    if (quotes?.asked.has(seq) !== true || quotes.events.has(seq)) return;
    try {
      await withPage(room, async () => this.#keep(room, quotes, await this.#find(room, seq)));
    } catch {
      // Asked for again with the next session; a store that failed is told of elsewhere.
    }
  }

  #keep(room: Room, quotes: RoomQuotes, found: readonly Event[]): void {
    const [event] = amendPage(room, found);
    if (event === undefined || this.#rooms.get(room.record.room) !== quotes) return;
    quotes.asked.delete(event.seq);
    quotes.events.set(event.seq, event);
    this.#deps.shown([event]);
    for (const [oldest] of quotes.events) {
      if (quotes.events.size <= KEPT_MAX) break;
      quotes.events.delete(oldest);
    }
    this.#deps.changed(room);
  }

  async #find({ record }: Room, seq: Seq): Promise<readonly Event[]> {
    const { journal, store, session } = this.#deps;
    const { room, stored } = record;
    if (stored !== undefined && seq >= stored.from && seq <= stored.tip.seq) {
      await journal.flush();
      const found = await store.events(room, seq, seq);
      if (found.length > 0) return found;
    }
    const page = await session.history({ room, from: seq, direction: 'older', limit: 1 });
    return page.events.filter((event) => event.seq === seq);
  }
}
