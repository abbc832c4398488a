import type { RoomId } from '@maru/protocol';
import type { EventEntry } from '../../ports/log.ts';
import type { RoomStore, StoredEvent } from '../../ports/room-store.ts';

/** Events kept of one room: as many as an inbox asks for at most, and then as many again before the oldest go. */
const TAIL_EVENTS_MAX = 50;
/** What all tails together may hold, about, in characters. */
export const TAILS_CHARS_MAX = 32_000_000;
/** About what an event and its encoding hold beside its content. */
const EVENT_CHARS = 700;

interface Tail {
  /** Rising without gaps, the newest of the room last. */
  events: StoredEvent[];
  chars: number;
}

/**
 * The newest events of rooms that are in demand, as the store gives them: when many come back at once, the members of a
 * room all ask for the same ones. Follows the commits; whatever changes an event that is kept makes it forget the room.
 */
export class EventTails {
  readonly #store: Pick<RoomStore, 'events'>;
  /** The one that was asked for last at the end. */
  readonly #tails = new Map<RoomId, Tail>();
  /** Rooms that are being read; what is committed meanwhile makes the answer stale. */
  readonly #reading = new Map<RoomId, { stale: boolean }>();
  #chars = 0;

  constructor(store: Pick<RoomStore, 'events'>) {
    this.#store = store;
  }

  /** Events `from`–`to`, as `RoomStore.events`. `head` is the room's newest event, if that is known. */
  async events(room: RoomId, from: number, to: number, head: number | undefined): Promise<StoredEvent[]> {
    const kept = this.#kept(room, from, to);
    if (kept !== undefined) return kept;
    if (to !== head || to - from >= TAIL_EVENTS_MAX || this.#reading.has(room)) {
      return this.#store.events(room, from, to);
    }
    const reading = { stale: false };
    this.#reading.set(room, reading);
    try {
      const events = await this.#store.events(room, from, to);
      if (!reading.stale) this.#keep(room, events, head);
      return events;
    } finally {
      this.#reading.delete(room);
    }
  }

  /** In the pass after the commit. */
  committed({ room, event }: EventEntry): void {
    if (this.#reading.size > 0) {
      const reading = this.#reading.get(room);
      if (reading !== undefined) reading.stale = true;
    }
    const tail = this.#tails.get(room);
    if (tail === undefined) return;
    const first = tail.events[0]?.seq ?? event.seq;
    const follows = tail.events.at(-1)?.seq === event.seq - 1;
    // A deletion erases edits, too, wherever they stand; so does what says that messages expired.
    const erases = event.kind === 'deletion' || event.kind === 'expired';
    if (!follows || erases || (event.refersTo ?? 0) >= first) {
      this.#forget(room, tail);
      return;
    }
    tail.events.push(event);
    this.#count(tail, charsOf(event));
    if (tail.events.length > 2 * TAIL_EVENTS_MAX) {
      for (const old of tail.events.splice(0, TAIL_EVENTS_MAX)) this.#count(tail, -charsOf(old));
    }
    if (this.#chars > TAILS_CHARS_MAX) this.#evict();
  }

  #kept(room: RoomId, from: number, to: number): StoredEvent[] | undefined {
    const tail = this.#tails.get(room);
    const first = tail?.events[0]?.seq;
    const last = tail?.events.at(-1)?.seq;
    if (tail === undefined || first === undefined || last === undefined) return undefined;
    if (from < first || to > last) return undefined;
    this.#tails.delete(room);
    this.#tails.set(room, tail);
    return tail.events.slice(from - first, to - first + 1);
  }

  #keep(room: RoomId, events: StoredEvent[], head: number): void {
    const former = this.#tails.get(room);
    if (former !== undefined) this.#forget(room, former);
    if (events.at(-1)?.seq !== head) return;
    const tail: Tail = { events: [...events], chars: 0 };
    this.#tails.set(room, tail);
    for (const event of events) this.#count(tail, charsOf(event));
    if (this.#chars > TAILS_CHARS_MAX) this.#evict();
  }

  #count(tail: Tail, chars: number): void {
    tail.chars += chars;
    this.#chars += chars;
  }

  #forget(room: RoomId, tail: Tail): void {
    this.#chars -= tail.chars;
    this.#tails.delete(room);
  }

  #evict(): void {
    for (const [room, tail] of this.#tails) {
      if (this.#chars <= TAILS_CHARS_MAX) return;
      this.#forget(room, tail);
    }
  }
}

function charsOf({ content, edited }: StoredEvent): number {
  return EVENT_CHARS + 2 * ((content?.length ?? 0) + (edited?.content?.length ?? 0));
}
