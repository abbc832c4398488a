import type { RoomId, Seq, UserId } from '@maru/protocol';
import { asTold } from '../../core/room/as-told.ts';
import { asSeenBy, isVisible, type VisibleSpan, visibleSpans } from '../../core/room/visible-spans.ts';
import type { Interval, RoomStore, StoredEvent } from '../../ports/room-store.ts';

/** What reading a room needs of its store. */
export type RoomReads = Pick<RoomStore, 'intervals' | 'events' | 'body'>;

/**
 * The one way to read a room's events: {@link openRoom} asks the truth whether the reader is a member (`[PRIV2]`) and
 * gives what they may see, as they may see it.
 */
export class OpenRoom {
  readonly intervals: readonly Interval[];
  readonly spans: readonly VisibleSpan[];
  readonly #store: RoomReads;
  readonly #room: RoomId;
  readonly #reader: UserId;

  constructor(store: RoomReads, room: RoomId, reader: UserId, intervals: readonly Interval[]) {
    this.#store = store;
    this.#room = room;
    this.#reader = reader;
    this.intervals = intervals;
    this.spans = visibleSpans(intervals);
  }

  /**
   * The visible ones of the events `from`–`to`, rising. Ask for none above the head that was known when the room was
   * opened: what came later may have come after a removal.
   *
   * @param now hides what has expired by then
   */
  async events(from: number, to: number, now: number): Promise<StoredEvent[]> {
    const events = await this.#store.events(this.#room, from, to);
    const seen: StoredEvent[] = [];
    for (const event of events) {
      if (!isVisible(this.spans, event.seq)) continue;
      seen.push(unexpired(asSeenBy(asTold(event, this.#reader), this.spans), now));
    }
    return seen;
  }

  /** The whole content of a long message that the reader may see. */
  async body(seq: Seq, now: number): Promise<string | undefined> {
    const [event] = await this.events(seq, seq, now);
    return event?.content === undefined ? undefined : await this.#store.body(this.#room, seq);
  }
}

/** `undefined`: not a member, or no such room; the two look the same (`[PRIV1]`). */
export async function openRoom(store: RoomReads, room: RoomId, user: UserId): Promise<OpenRoom | undefined> {
  const intervals = await store.intervals(room, user);
  const last = intervals.at(-1);
  return last === undefined || last.left !== undefined
    ? undefined
    : new OpenRoom(store, room, user, intervals);
}

function unexpired(event: StoredEvent, now: number): StoredEvent {
  if (event.expiresAt === undefined || event.expiresAt > now) return event;
  const { content: _content, edited: _edited, ...rest } = event;
  return rest;
}
