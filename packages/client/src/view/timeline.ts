import type { Event, Page, Seq, UserId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { amend, amendmentsOf, expiredBy } from '../room/amend.ts';
import type { Room } from '../room/rooms.ts';
import { nextVisible, previousVisible } from '../room/visible.ts';
import type { Journal } from '../store/journal.ts';
import type { ClientStore } from '../store/store.ts';
import { extendRun } from '../sync/extend-run.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import { amendPage, withPage } from '../sync/room-feed.ts';
import { isLine } from './message-view.ts';

/** Events that are read at a time. */
const PAGE_EVENTS = 50;
/** The end of a room shows so many lines if it can: much of what stands there may be reactions and edits. */
const END_LINES_MIN = 25;
/** As many events are read for that. */
const END_EVENTS_MAX = 500;
/** A window that follows the room's end keeps at least so many, or as many as were loaded into it. */
const WINDOW_EVENTS_MIN = 1_000;
/** So many more may come before the oldest go. */
const WINDOW_GROWTH_EVENTS = 500;
/** Of what was scrolled over so many events stay beside what is looked at, and at most half as many again. */
export const BESIDE_EVENTS_MAX = 500;

/** Towards the beginning of a room, or its end. */
export type Side = 'older' | 'newer';

export interface TimelineDeps {
  readonly me: UserId;
  readonly journal: Journal;
  readonly store: ClientStore;
  readonly session: { history(query: HistoryQuery): Promise<Page> };
  readonly changed: (room: Room) => void;
  /** These came into the window. */
  readonly shown: (events: readonly Event[]) => void;
}

/**
 * The part of a room's history that a view has open: events without a gap between them, from the store where it has
 * them and else from the server. What is older than the store's run and joins it is stored, too; a place that was
 * jumped to is kept in memory only, until it is left, or until what is read from there joins the run.
 */
export class Timeline {
  readonly #deps: TimelineDeps;
  readonly #room: Room;
  #events: Event[] = [];
  /** Whether the window's end is the run's: then it grows with it. */
  #atEnd = true;
  /** How many events stay when new ones push the oldest out: what somebody has scrolled back to is not pulled away. */
  #keptEvents = WINDOW_EVENTS_MIN;
  /** One read at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: TimelineDeps, room: Room) {
    this.#deps = deps;
    this.#room = room;
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** An event that the view has. */
  event(seq: Seq): Event | undefined {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
      else high = middle;
    }
    const found = this.#events[low];
    return found?.seq === seq ? found : undefined;
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Whether nothing older may be seen. */
  get atStart(): boolean {
    const first = this.#events[0];
    return first === undefined
      ? this.#room.record.stored === undefined && this.#room.missing === undefined
      : previousVisible(this.#room.record.visible, first.seq) === undefined;
  }

  /** Shows the newest events that the store has. */
  showEnd(): Promise<void> {
    return this.#inTurn(async () => {
      const { tip, from } = this.#room.record.stored ?? { tip: { seq: 0 }, from: 0 };
      let events = await this.#stored(tip.seq - PAGE_EVENTS + 1, tip.seq);
      for (let first = events[0]; first !== undefined && first.seq > from; first = events[0]) {
        if (events.length >= END_EVENTS_MAX || events.filter(isLine).length >= END_LINES_MIN) break;
        const older = await this.#stored(first.seq - PAGE_EVENTS, first.seq - 1);
        if (older.length === 0) break;
        events = [...older, ...events];
      }
      await this.#show(events);
    });
  }

  /** Goes on towards the beginning. Resolves with how many events came; none: there are no older ones. */
  loadOlder(limit = PAGE_EVENTS): Promise<number> {
    return this.#inTurn(async () => {
      const first = this.#events[0]?.seq ?? (this.#room.record.stored?.tip.seq ?? 0) + 1;
      const last = previousVisible(this.#room.record.visible, first);
      if (last === undefined) return 0;
      const from = this.#room.record.stored?.from ?? Number.POSITIVE_INFINITY;
      const read =
        last >= from
          ? await this.#stored(Math.max(from, last - limit + 1), last)
          : await this.#fetch({ from: last as Seq, direction: 'older', limit });
      const older = amendPage(this.#room, read);
      // A run that began anew meanwhile has taken the window with it.
      if ((this.#events[0]?.seq ?? first) !== first) return 0;
      this.#load([...older, ...this.#events]);
      this.#deps.shown(older);
      extendRun(this.#room, older, first, this.#deps.journal);
      this.#deps.changed(this.#room);
      return older.length;
    });
  }

  /** Goes on towards the end, where the window is not there. Resolves with how many events came. */
  loadNewer(limit = PAGE_EVENTS): Promise<number> {
    return this.#inTurn(async () => {
      const last = this.#events.at(-1);
      if (last === undefined || this.#atEnd) return 0;
      const { visible, stored } = this.#room.record;
      const next = nextVisible(visible, last.seq);
      if (next === undefined || stored === undefined) return 0;
      const newer =
        next >= stored.from
          ? await this.#stored(next, next + limit - 1)
          : await this.#fetch({ from: next as Seq, direction: 'newer', limit });
      if (this.#events.at(-1) !== last) return 0;
      await this.#show([...this.#events, ...newer]);
      this.#join();
      return newer.length;
    });
  }

  /** Shows an event with what stands around it, as one read. Resolves with whether it is there. */
  jumpTo(seq: Seq): Promise<boolean> {
    return this.#inTurn(async () => {
      const { stored, membership } = this.#room.record;
      const half = PAGE_EVENTS / 2;
      const inRun = stored !== undefined && seq >= stored.from && seq <= stored.tip.seq;
      // Nothing more is asked for of a room that the user is out of.
      if (!inRun && membership !== 'member') return false;
      const events = inRun
        ? await this.#stored(Math.max(stored.from, seq - half), seq + half)
        : await this.#fetch({ from: seq, direction: 'around', limit: PAGE_EVENTS });
      await this.#show(events);
      return events.some((event) => event.seq === seq);
    });
  }

  /**
   * Frees what lies far on one side of an event that is looked at, if that is much: whoever scrolls through all of a room
   * has never more than a part of it. It is loaded again like what never was. Resolves with whether anything was freed.
   */
  trim(side: Side, seen: Seq): Promise<boolean> {
    return this.#inTurn(async () => {
      const at = this.#events.findLastIndex(({ seq }) => seq <= seen);
      const from = side === 'older' ? Math.max(0, at - BESIDE_EVENTS_MAX) : 0;
      const to = side === 'newer' ? at + 1 + BESIDE_EVENTS_MAX : this.#events.length;
      const left = this.#events.slice(from, to);
      if (at < 0 || this.#events.length - left.length < BESIDE_EVENTS_MAX / 2) return false;
      if (side === 'newer') this.#atEnd = false;
      this.#load(left);
      this.#deps.changed(this.#room);
      return true;
    });
  }

  /** An event joined the run. */
  append(event: Event): void {
    const amendments = amendmentsOf(event, this.#deps.me, this.#room.record.visible);
    if (amendments.length > 0) {
      const byTarget = new Map(amendments.map((amendment) => [amendment.target, amendment]));
      this.#events = this.#events.map((shown) => {
        const amendment = byTarget.get(shown.seq);
        return amendment === undefined ? shown : amend(shown, amendment);
      });
    }
    if (!this.#atEnd) return;
    this.#events.push(event);
    if (this.#events.length >= this.#keptEvents + WINDOW_GROWTH_EVENTS)
      this.#events = this.#events.slice(-this.#keptEvents);
  }

  /** Blanks what has expired by `now`. Gives whether anything had. */
  expire(now: number): boolean {
    const left = this.#events.map((event) => expiredBy(event, now));
    if (left.every((event, index) => event === this.#events[index])) return false;
    this.#events = left;
    return true;
  }

  /** The run begins anew: a window at its end begins with it. */
  restart(): void {
    if (this.#atEnd) this.#events = [];
  }

  /** Shows what another window of the same room showed, and then what has become of it in the store since. */
  takeOver(former: Timeline): void {
    this.#load([...former.#events]);
    this.#atEnd = former.#atEnd;
    const [first, last] = [this.#events[0], this.#events.at(-1)];
    void this.#inTurn(async () => {
      const { stored } = this.#room.record;
      if (stored === undefined || first === undefined || last === undefined) return;
      if (first.seq >= stored.from && last.seq <= stored.tip.seq) {
        await this.#show(await this.#stored(first.seq, this.#atEnd ? stored.tip.seq : last.seq));
      } else if (this.#atEnd) await this.#show(await this.#stored(stored.from, stored.tip.seq));
    }).catch(() => undefined);
  }

  /** Replaces the window; what joined the run while it was read is added. */
  async #show(events: readonly Event[]): Promise<void> {
    let shown = [...events];
    for (;;) {
      const last = shown.at(-1)?.seq ?? 0;
      const { stored } = this.#room.record;
      const inRun = stored !== undefined && last >= stored.from && last < stored.tip.seq;
      // Up to here and no further: a window far from the end stays there.
      if (!inRun || stored.tip.seq - last > PAGE_EVENTS) break;
      const more = await this.#stored(last + 1, stored.tip.seq);
      if (more.length === 0) break;
      shown = [...shown, ...more];
    }
    this.#load(amendPage(this.#room, shown));
    this.#deps.shown(this.#events);
    this.#atEnd = (shown.at(-1)?.seq ?? 0) >= (this.#room.record.stored?.tip.seq ?? 0);
    this.#deps.changed(this.#room);
  }

  #load(events: Event[]): void {
    this.#events = events;
    this.#keptEvents = Math.max(WINDOW_EVENTS_MIN, events.length);
  }

  /** What was read from a place that was jumped to up to the run is the run's, and stored (`[STORE4]`). */
  #join(): void {
    const { stored, visible } = this.#room.record;
    if (stored === undefined) return;
    const older = this.#events.filter(({ seq }) => seq < stored.from);
    const last = older.at(-1);
    if (last === undefined || previousVisible(visible, stored.from) !== last.seq) return;
    extendRun(this.#room, older, stored.from, this.#deps.journal);
  }

  async #stored(from: number, to: number): Promise<Event[]> {
    await this.#deps.journal.flush();
    return this.#deps.store.events(this.#room.record.room, from, to);
  }

  async #fetch({ limit, ...query }: Omit<HistoryQuery, 'room'>): Promise<readonly Event[]> {
    const clamped = Math.min(limit, limits.PAGE_EVENTS_MAX);
    return (await this.#deps.session.history({ room: this.#room.record.room, ...query, limit: clamped }))
      .events;
  }

  /** Reads one after the other. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => withPage(this.#room, run));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
