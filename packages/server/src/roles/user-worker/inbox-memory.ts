import type { RoomId, UserId } from '@maru/protocol';
import type { RoomState } from '../../core/room/state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { EventEntry } from '../../ports/log.ts';
import type { SettingStore } from '../../ports/setting-store.ts';
import type { Committer } from '../commit/committer.ts';
import { Inbox, InboxRoom, type LiveSession, type Membership, Place } from './inbox.ts';
import { noteSevered } from './seen-by.ts';
import { placeOf } from './settings-place.ts';

/** A user without a session stays in memory for this long, so that who comes back is found as they were. */
const LINGER_MS = 30_000;

export interface InboxMemoryDeps {
  readonly store: InboxStore;
  readonly settings: SettingStore;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** The users in memory and their rooms. What is committed is applied to them in the same pass, so they are the truth. */
export class InboxMemory {
  readonly #deps: InboxMemoryDeps;
  readonly #inboxes = new Map<UserId, Inbox>();
  readonly #rooms = new Map<RoomId, InboxRoom>();
  /** Users without sessions, to be looked at by the next sweep. */
  readonly #lingering = new Set<Inbox>();
  #sweep: (() => void) | undefined;

  constructor(deps: InboxMemoryDeps) {
    this.#deps = deps;
  }

  /** A user in memory, the rooms perhaps still to come. */
  peek(user: UserId): Inbox | undefined {
    return this.#inboxes.get(user);
  }

  /** A user whose rooms are in memory; `undefined` also while they are being read. */
  get(user: UserId): Inbox | undefined {
    const inbox = this.#inboxes.get(user);
    return inbox?.loading === undefined ? inbox : undefined;
  }

  place(user: UserId, room: RoomId): Place | undefined {
    return this.get(user)?.places.get(room);
  }

  room(room: RoomId): InboxRoom | undefined {
    return this.#rooms.get(room);
  }

  /** A user with the rooms in memory, read if need be. */
  async need(user: UserId): Promise<Inbox> {
    const inbox = this.begin(user);
    await inbox.loading;
    if (inbox.sessions.length === 0) this.linger(inbox);
    return inbox;
  }

  /** The same at once, the rooms perhaps still to come (`loading`). */
  begin(user: UserId): Inbox {
    let inbox = this.#inboxes.get(user);
    if (inbox === undefined) {
      inbox = new Inbox(user);
      this.#inboxes.set(user, inbox);
      inbox.loading = this.#load(inbox);
    }
    inbox.usedAt = this.#deps.clock.monotonic();
    return inbox;
  }

  /** A user without a session may go in a while. */
  linger(inbox: Inbox): void {
    this.#lingering.add(inbox);
    this.#sweep ??= this.#deps.clock.after(LINGER_MS, () => this.#release());
  }

  /** An event was committed. Gives the room, if anybody in memory is in it. */
  advance(entry: EventEntry, state: RoomState): InboxRoom | undefined {
    const room = this.#rooms.get(entry.room);
    room?.advance(entry, state);
    if (entry.event.counts) {
      const inbox = this.touch(entry.event.sender);
      const place = inbox?.places.get(entry.room);
      if (place !== undefined) {
        place.own++;
        // Whoever has the message takes the notice down: what is written next is news, however soon.
        place.inbox.typedAt = Number.NEGATIVE_INFINITY;
      }
    }
    return room;
  }

  /** The user, to apply a committed change to; whose places are being read, they are read again. */
  touch(user: UserId): Inbox | undefined {
    const inbox = this.#inboxes.get(user);
    if (inbox === undefined || inbox.hasPlaces) return inbox;
    inbox.isStale = true;
    return undefined;
  }

  enter(inbox: Inbox, room: RoomId, membership: Membership): Place {
    let shared = this.#rooms.get(room);
    if (shared === undefined) {
      shared = new InboxRoom(room);
      this.#rooms.set(room, shared);
    }
    // The store gives every reader ids of their own: one copy of each is kept.
    const peer = membership.peer && (this.#inboxes.get(membership.peer)?.user ?? membership.peer);
    const place = new Place(inbox, shared, { ...membership, peer });
    shared.people.push(place);
    inbox.places.add(place);
    inbox.departed?.delete(room);
    return place;
  }

  leave(place: Place): void {
    const { people, room } = place.in;
    place.inbox.places.delete(room);
    const last = people.pop();
    if (last !== undefined && last !== place) people[people.indexOf(place)] = last;
    for (const session of place.inbox.sessions) lookAway(session, place.in);
    if (people.length === 0) this.#rooms.delete(room);
  }

  close(): void {
    this.#sweep?.();
  }

  async #load(inbox: Inbox): Promise<void> {
    try {
      await this.#readPlaces(inbox);
      await this.#readHeads(inbox);
      inbox.loading = undefined;
    } catch (error) {
      this.#forget(inbox);
      throw error;
    }
  }

  async #readPlaces(inbox: Inbox): Promise<void> {
    for (;;) {
      inbox.isStale = false;
      const { store, settings } = this.#deps;
      const [rows, overview] = await Promise.all([store.roomsOf(inbox.user), settings.overview(inbox.user)]);
      // What the store may have seen already, and we are only about to be told: it would count twice.
      await this.#deps.committer.settled();
      if (inbox.isStale) continue;
      for (const row of rows) {
        if (row.intervals.at(-1)?.left === undefined) {
          this.enter(inbox, row.room, row);
        } else {
          inbox.departed ??= new Map();
          inbox.departed.set(row.room, row);
        }
      }
      inbox.settings = placeOf(overview);
      inbox.hasPlaces = true;
      return;
    }
  }

  async #readHeads(inbox: Inbox): Promise<void> {
    const missing: RoomId[] = [];
    for (const place of inbox.places.values()) if (!place.in.loaded) missing.push(place.in.room);
    if (missing.length > 0) {
      for (const head of await this.#deps.store.heads(missing)) this.#rooms.get(head.room)?.load(head);
    }
    for (const place of inbox.places.values()) noteSevered(place);
  }

  #release(): void {
    this.#sweep = undefined;
    const before = this.#deps.clock.monotonic() - LINGER_MS;
    for (const inbox of this.#lingering) {
      if (inbox.sessions.length > 0) this.#lingering.delete(inbox);
      else if (inbox.usedAt <= before && isQuiet(inbox)) this.#forget(inbox);
    }
    if (this.#lingering.size > 0) this.#sweep = this.#deps.clock.after(LINGER_MS, () => this.#release());
  }

  #forget(inbox: Inbox): void {
    for (const place of [...inbox.places.values()]) this.leave(place);
    this.#lingering.delete(inbox);
    if (this.#inboxes.get(inbox.user) === inbox) this.#inboxes.delete(inbox.user);
  }
}

/** The room is not on the session's screen any more. */
export function lookAway(session: LiveSession, room: InboxRoom): void {
  session.looksAt = session.looksAt.filter((looked) => looked !== room);
  if (room.lookers?.delete(session) !== true || room.lookers.size > 0) return;
  room.lookers = undefined;
  room.watched = undefined;
}

/** Nothing of the user's is on its way anywhere. */
function isQuiet(inbox: Inbox): boolean {
  if (inbox.loading !== undefined || inbox.presence.shown !== 'offline' || inbox.isTicking) return false;
  if (inbox.isLastActiveDue || inbox.isPublishDue) return false;
  for (const place of inbox.places.values()) {
    if (place.marking !== undefined || place.isSaveDue || place.isPushDue) return false;
  }
  return true;
}
