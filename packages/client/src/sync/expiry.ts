import type { Event, RoomId } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { expiredBy } from '../room/amend.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';
import type { ClientStore } from '../store/store.ts';

/** The clock is looked at so often, for it may be set. */
const LOOK_MS_MAX = 60_000;

export interface ExpiryDeps {
  readonly clock: Clock;
  readonly store: Pick<ClientStore, 'nextExpiry'>;
  readonly journal: Journal;
  readonly rooms: Rooms;
  /** The windows that views have open. */
  readonly timelines: ReadonlyMap<RoomId, { expire(now: number): boolean }>;
  /** The quoted messages beside them. */
  readonly quotes: { expire(room: RoomId, now: number): boolean };
}

/**
 * Erases what this device has of messages whose time is over: in memory, in the store, and on its way there (`[TIME5]`).
 * It goes by the device's clock, set right by what the server says of the time at each greeting.
 */
export class Expiry {
  readonly #deps: ExpiryDeps;
  /** How far the server's clock was ahead of the one of this device that doesn't jump; before a greeting, of its clock. */
  #offset: number | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #timer: Cancel | undefined;
  #sweeping = false;
  #closed = false;

  constructor(deps: ExpiryDeps) {
    this.#deps = deps;
    void this.#next();
  }

  /** Milliseconds since the epoch, about as the server has it. */
  now(): number {
    const { clock } = this.#deps;
    return this.#offset === undefined ? clock.now() : clock.monotonic() + this.#offset;
  }

  /** The server said what time it is. */
  welcomed(serverNow: number): void {
    this.#offset = serverNow - this.#deps.clock.monotonic();
    if (this.#dueAt < Number.POSITIVE_INFINITY) this.#wait(this.#dueAt);
  }

  /** These are in memory, or on their way into the store. */
  note(events: readonly Pick<Event, 'expiresAt' | 'content'>[]): void {
    for (const { expiresAt, content } of events) {
      if (expiresAt !== undefined && content !== undefined && expiresAt < this.#dueAt) this.#wait(expiresAt);
    }
  }

  close(): void {
    this.#closed = true;
    this.#timer?.();
  }

  #wait(dueAt: number): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#dueAt = dueAt;
    if (this.#closed || this.#sweeping) return;
    const ms = Math.max(0, Math.min(dueAt - this.now(), LOOK_MS_MAX));
    this.#timer = this.#deps.clock.after(ms, () => this.#look());
  }

  #look(): void {
    if (this.now() < this.#dueAt) this.#wait(this.#dueAt);
    else void this.#sweep();
  }

  async #sweep(): Promise<void> {
    const { journal, rooms, timelines, quotes } = this.#deps;
    this.#sweeping = true;
    this.#dueAt = Number.POSITIVE_INFINITY;
    const now = this.now();
    for (const room of rooms) {
      const { room: id } = room.record;
      const quoted = quotes.expire(id, now);
      const shown = timelines.get(id)?.expire(now) === true || quoted;
      if (expireRoom(room, now)) journal.touch(id);
      else if (!shown) continue;
      rooms.touch(room);
    }
    journal.add({ kind: 'expire', through: now });
    await this.#next();
    this.#sweeping = false;
    if (this.#dueAt < Number.POSITIVE_INFINITY) this.#wait(this.#dueAt);
  }

  /** Asks the store, which has all that was noted by then, what is due next. */
  async #next(): Promise<void> {
    const { journal, store } = this.#deps;
    try {
      await journal.flush();
      const next = await store.nextExpiry();
      if (next !== undefined && next < this.#dueAt) this.#wait(next);
    } catch {
      // The store failed, or was closed: which is told of elsewhere.
    }
  }
}

/** What a room holds in memory of messages whose time is over. Gives whether its record changed. */
function expireRoom(room: Room, now: number): boolean {
  for (const [seq, event] of room.held) {
    const left = expiredBy(event, now);
    if (left !== event) room.held.set(seq, left);
  }
  const { latest } = room.record;
  const left = latest && expiredBy(latest, now);
  if (left === latest) return false;
  room.record = { ...room.record, latest: left };
  return true;
}
