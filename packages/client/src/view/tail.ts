import type { Event, RoomId, Seq } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Device } from '../device.ts';
import { Disconnected, RequestRefused } from '../errors.ts';
import type { Room } from '../room/rooms.ts';
import { nextVisible } from '../room/visible.ts';
import type { ClientStore } from '../store/store.ts';

export interface TailOptions {
  /** Only this room. */
  readonly room?: RoomId;
  /** `now`: what comes from here on. `start`: everything that may be seen, of every room. */
  readonly from?: 'now' | 'start';
  /**
   * After which event of a room to begin, in place of `from`: for who remembers where a former tail ended. Asked once for
   * each room.
   */
  readonly after?: (room: RoomId) => number | Promise<number>;
  readonly signal?: AbortSignal;
}

/** The device, which may become another one, with its store. */
interface TailSeat {
  readonly device: Device;
  readonly deps: { readonly store: ClientStore };
}

/** One event of a room, in the room's order. */
export interface TailedEvent {
  readonly room: RoomId;
  readonly event: Event;
}

/**
 * The events of all rooms, each room's in order and without a gap, each once, until the signal. Nothing is buffered but
 * a page: who reads slowly reads from the store. What people do whom the user blocks is left out.
 */
export async function* tail(
  seat: TailSeat,
  { room: only, from = 'now', after, signal }: TailOptions,
): AsyncGenerator<TailedEvent, void, undefined> {
  /** The last number given of each room. */
  const given = new Map<RoomId, number>();
  if (from === 'now' && after === undefined)
    for (const { record } of seat.device.rooms) given.set(record.room, record.stored?.tip.seq ?? 0);
  const changes = new Waiter();
  const unsubscribe = seat.device.changes.subscribe(() => changes.wake());
  const aborted = () => signal?.aborted === true;
  const wake = () => changes.wake();
  signal?.addEventListener('abort', wake);
  try {
    while (!aborted()) {
      const pending = changes.next();
      // Before the first snapshot is whole nobody knows whom the user blocks.
      if (seat.device.sync.cursor === undefined) {
        await pending;
        continue;
      }
      let found = false;
      for (const room of [...seat.device.rooms]) {
        const { room: id } = room.record;
        if (only !== undefined && id !== only) continue;
        // A room that comes in meanwhile begins with what came of it.
        const start = from === 'start' ? 0 : (room.record.stored?.from ?? 1) - 1;
        let last = given.get(id) ?? start;
        if (after !== undefined && !given.has(id)) {
          last = await after(id);
          given.set(id, last);
        }
        const events = await readOn(seat, room, last);
        for (const event of events) {
          if (aborted()) return;
          given.set(id, event.seq);
          found = true;
          if (seat.device.relations.isBlocked(event.sender)) continue;
          yield { room: id, event };
        }
      }
      if (!found) await pending;
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', wake);
  }
}

/** The next events of a room, at most a page; none when there are none now. */
async function readOn({ device, deps }: TailSeat, room: Room, after: number): Promise<readonly Event[]> {
  const { room: id, stored, visible } = room.record;
  const next = nextVisible(visible, after);
  if (stored === undefined || next === undefined || next > stored.tip.seq) return [];
  if (next >= stored.from) {
    await device.journal.flush();
    return deps.store.events(id, next, Math.min(stored.tip.seq, next + limits.PAGE_EVENTS_MAX - 1));
  }
  try {
    const page = await device.session.history({
      room: id,
      from: next as Seq,
      direction: 'newer',
      limit: limits.PAGE_EVENTS_MAX,
    });
    return page.events.filter((event) => event.seq <= stored.tip.seq);
  } catch (error) {
    // Goes on when there is a session again; a room that was closed to the user gives nothing more.
    if (error instanceof Disconnected || error instanceof RequestRefused) return [];
    throw error;
  }
}

/** Lets one wait for the next change. */
class Waiter {
  #wake: (() => void) | undefined;

  /** Resolves with the next change after this call. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake?.();
  }
}
