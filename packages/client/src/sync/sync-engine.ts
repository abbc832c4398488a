import type { BeatAnswer, CommandFrame, Cursor, OwnSetting, RoomEntry, RoomId, Synced } from '@maru/protocol';
import { ClientClosed, Disconnected, type ReportFault, RequestRefused } from '../errors.ts';
import { lostSends } from '../outbox/lost-sends.ts';
import { beforeAnyEntry } from '../room/room-record.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';
import type { ClientStore } from '../store/store.ts';
import type { GapFiller } from './gap-filler.ts';
import type { RoomFeed } from './room-feed.ts';

/** Newest events of each changed room that a sync brings. */
const EVENTS_PER_ROOM = 20;

export interface SyncHooks {
  /** Everything that changed is here, or is known to be missing. */
  readonly synced: () => void;
  /** An entry was taken over. */
  readonly entered: (room: Room) => void;
  /** The user's own settings, those that changed or all. */
  readonly told: (settings: readonly OwnSetting[], isAll: boolean) => void;
  readonly forgotten: (room: Room) => void;
  /** Messages that the server has lost. */
  readonly putBack: (commands: readonly CommandFrame[]) => void;
  /** The server refused for good: this connection is of no use. */
  readonly failed: () => void;
}

export interface SyncDeps {
  readonly me: Parameters<typeof lostSends>[1];
  readonly rooms: Rooms;
  readonly feed: RoomFeed;
  readonly filler: GapFiller;
  readonly journal: Journal;
  readonly store: ClientStore;
  readonly report: ReportFault;
  readonly session: {
    sync(query: { cursor: Cursor | undefined; eventsPerRoom: number }): Promise<Synced>;
  };
  readonly hooks: SyncHooks;
}

/** A beat's cursor, and what must be here before it may be stored. */
interface Covering {
  readonly cursor: Cursor;
  readonly heads: Map<RoomId, number>;
}

/** Keeps the device's rooms and its place in the inbox in step with the server. */
export class SyncEngine {
  readonly #deps: SyncDeps;
  #cursor: Cursor | undefined;
  #covering: Covering | undefined;
  #online = false;
  #running = false;
  #again = false;
  /** The next exchange asks for a snapshot. */
  #anew = false;

  constructor(deps: SyncDeps, cursor: Cursor | undefined) {
    this.#deps = deps;
    this.#cursor = cursor;
  }

  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** As the tab that has the connection has it. */
  mirror(cursor: Cursor | undefined): void {
    this.#cursor = cursor;
  }

  /** A session greeted, at this head of the inbox. */
  online(head: Cursor): void {
    this.#online = true;
    // Equal: nothing changed meanwhile. What was known to be missing then is missing still.
    if (head === this.#cursor) this.#settled();
    else this.request();
  }

  offline(): void {
    this.#online = false;
    this.#covering = undefined;
  }

  /** Syncs, once more if it is doing so. */
  request(): void {
    if (!this.#online) return;
    if (this.#running) this.#again = true;
    else void this.#run();
  }

  /** Syncs from nothing: what is known can't be trusted. */
  requestSnapshot(): void {
    this.#anew = true;
    this.request();
  }

  /** A room's entry came live. */
  enter(entry: RoomEntry): void {
    this.#enter(entry);
  }

  /** `[SYNC5]`: fetches what the beat names and is missing; its cursor is stored when all of it is here. */
  beat({ cursor, changed, sync }: BeatAnswer): void {
    if (this.#running) return;
    const { rooms, filler } = this.#deps;
    if (sync || changed.some(([room]) => rooms.get(room) === undefined)) {
      this.request();
      return;
    }
    const heads = new Map<RoomId, number>();
    for (const [id, seq] of changed) {
      const room = rooms.get(id);
      if (room === undefined) continue;
      room.announced = Math.max(room.announced, seq);
      if (room.missing !== undefined && room.missing <= seq) heads.set(id, seq);
    }
    this.#covering = { cursor, heads };
    for (const id of heads.keys()) {
      const room = rooms.get(id);
      if (room !== undefined) filler.fill(room);
    }
    this.#cover();
  }

  /** A room may have come nearer to what was announced. */
  filled(room: Room): void {
    const upTo = this.#covering?.heads.get(room.record.room);
    if (upTo === undefined || (room.missing ?? Number.POSITIVE_INFINITY) <= upTo) return;
    this.#covering?.heads.delete(room.record.room);
    this.#cover();
  }

  /** `[SYNC3]`: behind everything it covers in the journal, and so never in the store without it. */
  #cover(): void {
    if (this.#covering === undefined || this.#covering.heads.size > 0) return;
    const { cursor } = this.#covering;
    this.#covering = undefined;
    if (cursor !== this.#cursor) this.#store(cursor);
  }

  #store(cursor: Cursor | undefined): void {
    this.#cursor = cursor;
    this.#deps.journal.add({ kind: 'cursor', cursor });
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#again = false;
    try {
      await this.#exchange();
      if (!this.#again) this.#settled();
    } catch (error) {
      // The next session syncs anew, if there is one.
      if (error instanceof RequestRefused) this.#deps.hooks.failed();
      else if (!(error instanceof Disconnected || error instanceof ClientClosed)) throw error;
    } finally {
      this.#running = false;
      if (this.#again) this.request();
    }
  }

  /** One exchange, of as many answers as it takes (`[SYNC1]`, `[SYNC7]`). */
  async #exchange(): Promise<void> {
    const { rooms, session, journal, hooks } = this.#deps;
    const before = new Map([...rooms].map((room) => [room.record.room, room.record.head.seq]));
    const named = new Set<RoomId>();
    let cursor = this.#anew ? undefined : this.#cursor;
    this.#anew = false;
    this.#covering = undefined;
    for (let isFirst = true; ; isFirst = false) {
      const answer = await session.sync({ cursor, eventsPerRoom: EVENTS_PER_ROOM });
      // All of a snapshot's stand in its first answer.
      hooks.told(answer.settings ?? [], isFirst && answer.snapshot);
      for (const entry of answer.rooms) {
        named.add(entry.room);
        const known = before.get(entry.room) ?? 0;
        if (entry.membership === 'member' && entry.head.seq < known) await this.#wentBack(entry, known);
        this.#enter(entry);
      }
      cursor = answer.cursor;
      if (!answer.more && answer.snapshot) this.#forget(before, named);
      // A snapshot cut short begins anew: only all its pages together say what is gone.
      if (!answer.more || !answer.snapshot) this.#store(cursor);
      if (!answer.more) break;
      await journal.flush();
    }
  }

  #enter(entry: RoomEntry): void {
    const { feed, filler, hooks } = this.#deps;
    const room = feed.enter(entry);
    hooks.entered(room);
    filler.fill(room);
  }

  /** The server was restored from a backup: what it has lost is dropped, and what this device wrote goes again. */
  async #wentBack(entry: RoomEntry, known: number): Promise<void> {
    const { rooms, feed, journal, store, me, report, hooks } = this.#deps;
    const room = rooms.get(entry.room);
    if (room === undefined) return;
    report({ code: 'head-went-back', message: `${entry.room} was at ${known} and is at ${entry.head.seq}` });
    await journal.flush();
    const lost = await store.events(entry.room, entry.head.seq + 1, known);
    feed.drop(room);
    room.held.clear();
    room.announced = entry.head.seq;
    const { record } = room;
    const read = Math.min(record.marks.read, entry.head.seq);
    const marks = { ...record.marks, read, delivered: Math.min(record.marks.delivered, entry.head.seq) };
    room.record = { ...beforeAnyEntry(record), marks };
    hooks.putBack(lostSends(lost, me, entry.room, entry.head.seq));
  }

  #forget(before: ReadonlyMap<RoomId, number>, named: ReadonlySet<RoomId>): void {
    const { rooms, journal, hooks } = this.#deps;
    for (const id of before.keys()) {
      const room = rooms.get(id);
      if (room === undefined || named.has(id)) continue;
      // A snapshot names no room that one is out of: what is here of its past stays, until the user says otherwise.
      if (room.record.membership !== 'member') continue;
      rooms.delete(room);
      journal.add({ kind: 'forget-room', room: id });
      hooks.forgotten(room);
    }
  }

  #settled(): void {
    if (!this.#online) return;
    for (const room of this.#deps.rooms) this.#deps.filler.fill(room);
    this.#deps.hooks.synced();
  }
}
