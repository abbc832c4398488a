import type { Event, HiddenSpans } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';
import type { ReadStored } from '../sync/recount.ts';
import { isIn } from './hidden-spans.ts';

/** Stored events that are looked through for a message to show. */
const LOOK_EVENTS = 200;

interface Found {
  readonly hidden: Event;
  readonly spans: HiddenSpans;
  readonly shown: Event | undefined;
}

export interface LatestShownDeps {
  readonly hidden: (room: Room) => HiddenSpans;
  readonly read: ReadStored;
  readonly changed: (room: Room) => void;
}

/** The newest message of a room that the user did not delete for themselves, for lists (`[OWN7]`). */
export class LatestShown {
  readonly #deps: LatestShownDeps;
  readonly #found = new WeakMap<Room, Found>();

  constructor(deps: LatestShownDeps) {
    this.#deps = deps;
  }

  /** At first what is known at once; what the store says follows. */
  of(room: Room): Event | undefined {
    const { latest } = room.record;
    const spans = this.#deps.hidden(room);
    if (latest === undefined || !isIn(spans, latest.seq)) return latest;
    const found = this.#found.get(room);
    if (found?.hidden === latest && found.spans === spans) return found.shown;
    this.#found.set(room, { hidden: latest, spans, shown: undefined });
    void this.#look(room, latest, spans);
    return undefined;
  }

  async #look(room: Room, hidden: Event, spans: HiddenSpans): Promise<void> {
    let events: readonly Event[];
    try {
      events = await this.#deps.read(room, hidden.seq - LOOK_EVENTS, hidden.seq - 1);
    } catch {
      // The store failed, which is told of elsewhere.
      return;
    }
    const found = this.#found.get(room);
    if (found?.hidden !== hidden || found.spans !== spans) return;
    const shown = events.findLast(({ kind, seq }) => kind === 'message' && !isIn(spans, seq));
    this.#found.set(room, { hidden, spans, shown });
    if (shown !== undefined) this.#deps.changed(room);
  }
}
