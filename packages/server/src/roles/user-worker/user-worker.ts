import { type Cursor, type DeviceId, type RoomId, refusal, type UserId } from '@maru/protocol';
import { applyMark, type MarkedEvent, markMovesTo } from '../../core/user/apply-mark.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Delivery, isPublished } from '../../ports/delivery.ts';
import type { Directory, UserRecord } from '../../ports/directory.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { Inboxes, RoomPresence, SessionInfo } from '../../ports/inboxes.ts';
import type { Log } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { SettingStore } from '../../ports/setting-store.ts';
import type { Committer } from '../commit/committer.ts';
import type { InboxFeed } from '../commit/inbox-feed.ts';
import { openRoom, type RoomReads } from '../room-worker/open-room.ts';
import { changesBehind } from './changes.ts';
import { Circles } from './circles.ts';
import { blockersOf, contactsOf } from './contacts.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { EventTails } from './event-tails.ts';
import { HiddenCounts } from './hidden-counts.ts';
import type { Inbox, LiveSession, Place } from './inbox.ts';
import { inboxLag } from './inbox-lag.ts';
import { InboxMemory, lookAway } from './inbox-memory.ts';
import { Marking } from './marking.ts';
import { createInboxFeed } from './memberships.ts';
import { OwnSettings } from './own-settings.ts';
import { PresenceBoard } from './presence-board.ts';
import { ProfileBoard } from './profile-board.ts';
import { Receipts } from './receipts.ts';
import { RelationChanges } from './relation-changes.ts';
import { RoomEntries } from './room-entry.ts';
import { isHidden } from './seen-by.ts';
import { syncInbox } from './sync.ts';
import { passTyping } from './typing.ts';

const NOTHING: LiveSession['looksAt'] = [];
/** Newest events in an entry that is asked for by itself. */
const ENTRY_EVENTS = 20;
const ACCOUNT_NOTICE = JSON.stringify({ kind: 'account' });

export interface UserWorkerDeps {
  readonly log: Log;
  readonly committer: Committer;
  readonly store: InboxStore;
  readonly settings: SettingStore;
  readonly rooms: RoomStore;
  readonly directory: Directory;
  readonly delivery: Delivery;
  readonly clock: Clock;
  /** A fault that nobody was waiting for: to be logged. */
  readonly onFault: (error: unknown) => void;
  /** A device is gone for now, or polls, and has its inbox up to here: to be kept. */
  readonly onCursor?: (device: DeviceId, cursor: Cursor) => void;
}

export interface UserWorker extends Inboxes, AsyncDisposable {
  /** Where the rooms' owner tells what it committed. */
  readonly feed: InboxFeed;
}

/** Owns users: their inboxes, marks, receipts, typing and presence. */
export function createUserWorker(deps: UserWorkerDeps): UserWorker {
  return new Users(deps);
}

class Users implements UserWorker {
  readonly feed: InboxFeed;
  readonly #deps: UserWorkerDeps;
  readonly #memory: InboxMemory;
  readonly #entries: RoomEntries;
  readonly #settings: OwnSettings;
  readonly #receipts: Receipts;
  readonly #presence: PresenceBoard;
  readonly #profiles: ProfileBoard;
  readonly #circles: Circles;

  constructor(deps: UserWorkerDeps) {
    const isStrained = () => deps.committer.strained;
    this.#deps = deps;
    this.#memory = new InboxMemory(deps);
    this.#settings = new OwnSettings({ ...deps, memory: this.#memory });
    const tails = new EventTails(deps.rooms);
    const reads: RoomReads = {
      intervals: (room, user) => deps.rooms.intervals(room, user),
      body: (room, seq) => deps.rooms.body(room, seq),
      edits: (room, seq) => deps.rooms.edits(room, seq),
      reacted: (room, seq, user) => deps.rooms.reacted(room, seq, user),
      reactions: (room, seq) => deps.rooms.reactions(room, seq),
      events: (room, from, to) => tails.events(room, from, to, this.#memory.room(room)?.seq),
    };
    this.#entries = new RoomEntries(deps.store, reads, new HiddenCounts(deps));
    this.#receipts = new Receipts({ ...deps, entries: this.#entries, isStrained });
    this.#presence = new PresenceBoard({ ...deps, isStrained });
    this.#circles = new Circles({ memory: this.#memory, directory: deps.directory });
    this.#profiles = new ProfileBoard({ ...deps, memory: this.#memory, isStrained });
    this.feed = createInboxFeed({
      memory: this.#memory,
      tails,
      delivery: deps.delivery,
      receipts: this.#receipts,
      relations: new RelationChanges({
        ...{ memory: this.#memory, delivery: deps.delivery, entries: this.#entries },
        ...{ receipts: this.#receipts, presence: this.#presence, onFault: deps.onFault },
      }),
    });
  }

  async opened(session: SessionInfo): Promise<{ cursor: Cursor }> {
    const inbox = this.#memory.begin(session.user);
    // Before its rooms are read, so that a close that comes meanwhile finds it.
    const live: LiveSession = { info: session, looksAt: NOTHING, at: undefined };
    inbox.sessions = [...inbox.sessions, live];
    await inbox.loading;
    if (inbox.sessions.includes(live)) {
      const { device, session: id, user } = session;
      this.#presence.step(inbox, { kind: 'opened', device, session: id });
      for (const { in: room } of inbox.places.values()) {
        if (isPublished(room)) this.#deps.delivery.joined(room.room, [user]);
      }
    }
    return { cursor: this.#cursor(inbox.position) };
  }

  closed(session: SessionInfo, loggedOut: boolean, silentMs: number): void {
    const inbox = this.#memory.peek(session.user);
    const live = inbox?.sessions.find(({ info }) => info.session === session.session);
    if (inbox === undefined || live === undefined) return;
    for (const room of live.looksAt) lookAway(live, room);
    inbox.sessions = inbox.sessions.filter((other) => other !== live);
    if (live.at !== undefined) this.#deps.onCursor?.(session.device, this.#cursor(live.at));
    if (inbox.loading === undefined) {
      const { device, session: id } = session;
      const lastSign = this.#deps.clock.monotonic() - silentMs;
      this.#presence.step(inbox, { kind: 'closed', device, session: id, loggedOut, lastSign });
    }
    if (inbox.sessions.length === 0) this.#memory.linger(inbox);
  }

  signedOut(user: UserId, devices: readonly DeviceId[]): void {
    const inbox = this.#memory.get(user);
    if (inbox === undefined) return;
    for (const device of devices) this.#presence.step(inbox, { kind: 'signed-out', device });
  }

  beat(
    session: SessionInfo,
    state: 'active' | 'away',
    cursor: Cursor | undefined,
  ): ReturnType<Inboxes['beat']> {
    const inbox = this.#memory.get(session.user);
    if (inbox === undefined) return { cursor: this.#cursor(0 as Position), changed: [], sync: true };
    const { at, answer } = this.#beat(inbox, session.device, state, cursor);
    for (const live of inbox.sessions) if (live.info.session === session.session) live.at = at;
    return answer;
  }

  async beatOf(
    ...[user, device, state, cursor]: Parameters<Inboxes['beatOf']>
  ): ReturnType<Inboxes['beatOf']> {
    const { at, answer } = this.#beat(await this.#memory.need(user), device, state, cursor);
    if (at !== undefined) this.#deps.onCursor?.(device, this.#cursor(at));
    return answer;
  }

  async sync(user: UserId, cursor: Cursor | undefined, eventsPerRoom: number): ReturnType<Inboxes['sync']> {
    const { log, clock } = this.#deps;
    const inbox = await this.#memory.need(user);
    const [entries, settings] = [this.#entries, this.#settings];
    return syncInbox({ entries, settings, log, now: () => clock.now() }, inbox, cursor, eventsPerRoom);
  }

  async entry(user: UserId, room: RoomId): ReturnType<Inboxes['entry']> {
    const place = (await this.#memory.need(user)).places.get(room);
    return place && this.#entries.read(place, ENTRY_EVENTS, this.#deps.clock.now());
  }

  async mark(...[user, device, room, change]: Parameters<Inboxes['mark']>): ReturnType<Inboxes['mark']> {
    const { committer, rooms } = this.#deps;
    const inbox = await this.#memory.need(user);
    const notFound = refusal('not-found', 'There is no such room.');
    const place = inbox.places.get(room);
    if (place === undefined || isHidden(place)) return notFound;
    const to = markMovesTo(place.marking?.marks ?? place.marks, change, place.in.seq);
    let event: MarkedEvent | undefined;
    if (to !== undefined) {
      const counts =
        to === place.in.seq
          ? { ordinal: place.in.ordinal, own: place.own }
          : await rooms.countsAt(room, to, user);
      if (inbox.places.get(room) !== place) return notFound;
      event = counts && { seq: to, ...counts };
    }
    const current = place.marking?.marks ?? place.marks;
    const next = applyMark(current, change, event);
    if (next === current && place.marking === undefined) return undefined;
    const overload = committer.refusal();
    if (overload !== undefined) return overload;
    return new Promise((resolve) => {
      const marks = next === current ? undefined : next;
      committer.enqueue(new Marking(place, marks, device, (marking) => this.#marked(marking), resolve));
    });
  }

  set(...[user, device, name, value]: Parameters<Inboxes['set']>): ReturnType<Inboxes['set']> {
    return this.#settings.set({ user, device, name, value });
  }

  async settings(user: UserId): ReturnType<Inboxes['settings']> {
    const all = await this.#deps.settings.changes(user, 0 as Position);
    return all.filter(({ value }) => value !== null);
  }

  delivered(user: UserId, marks: Parameters<Inboxes['delivered']>[1]): void {
    const inbox = this.#memory.get(user);
    if (inbox === undefined) return;
    for (const [room, seq] of marks) {
      const place = inbox.places.get(room);
      if (place !== undefined) this.#receipts.delivered(place, seq);
    }
  }

  typing(user: UserId, room: RoomId): void {
    const place = this.#memory.place(user, room);
    if (place === undefined || this.#deps.committer.strained) return;
    passTyping(place, this.#deps.delivery, this.#deps.clock.monotonic());
  }

  async look(session: SessionInfo, rooms: readonly RoomId[]): ReturnType<Inboxes['look']> {
    const inbox = this.#memory.get(session.user);
    const live = inbox?.sessions.find(({ info }) => info.session === session.session);
    if (inbox === undefined || live === undefined) return [];
    for (const room of live.looksAt) lookAway(live, room);
    const places = [...new Set(rooms)]
      .flatMap((room) => inbox.places.get(room) ?? [])
      .filter((place) => !isHidden(place));
    live.looksAt = places.map((place) => place.in);
    for (const place of places) {
      place.in.lookers ??= new Map();
      place.in.lookers.set(live, place);
    }
    const seen: RoomPresence[] = [];
    // One after the other: fifty big rooms read at once would hold up everybody else's messages.
    for (const place of places) {
      if ((await openRoom(this.#deps.rooms, place.in.room, session.user)) === undefined) continue;
      await this.#receipts.look(place, live);
      seen.push(await this.#presence.of(place));
    }
    return seen;
  }

  async presence(user: UserId, room: RoomId): ReturnType<Inboxes['presence']> {
    const place = await this.#readable(user, room);
    return place && this.#presence.of(place);
  }

  async lag(user: UserId, devices: Parameters<Inboxes['lag']>[1]): ReturnType<Inboxes['lag']> {
    return inboxLag(this.#deps, await this.#memory.need(user), devices);
  }

  hidePresence(user: UserId, hidden: boolean): void {
    const inbox = this.#memory.peek(user);
    const hide = () => inbox && this.#presence.step(inbox, { kind: 'hide', hidden });
    if (inbox?.loading === undefined) hide();
    else inbox.loading.then(hide, this.#deps.onFault);
  }

  mayWrite(by: UserId, to: UserId): boolean | Promise<boolean> {
    return this.#circles.mayWrite(by, to);
  }

  mayAdd(by: UserId, people: readonly UserRecord[]): Promise<boolean> {
    return this.#circles.mayAdd(by, people);
  }

  hasContact(user: UserId, other: UserId): Promise<boolean> {
    return this.#circles.isContact(user, other);
  }

  settingsChanged(user: UserId, by: DeviceId): void {
    this.#circles.changed(user);
    this.#deps.delivery.toUsers([user], ACCOUNT_NOTICE, by);
  }

  profileChanged(record: UserRecord): void {
    this.#profiles.changed(record);
  }

  async receipts(user: UserId, room: RoomId): ReturnType<Inboxes['receipts']> {
    const place = await this.#readable(user, room);
    if (place?.in.roomKind === 'channel') return [];
    return place && this.#entries.receipts(place.in, place.inbox);
  }

  async peer(user: UserId, room: RoomId): ReturnType<Inboxes['peer']> {
    return (await this.#readable(user, room))?.peer;
  }

  async severedFrom(user: UserId): ReturnType<Inboxes['severedFrom']> {
    return (await this.#memory.need(user)).severed;
  }

  async blockersOf(user: UserId): ReturnType<Inboxes['blockersOf']> {
    return blockersOf(await this.#memory.need(user));
  }

  async contacts(...[user, page]: Parameters<Inboxes['contacts']>): ReturnType<Inboxes['contacts']> {
    return contactsOf(this.#entries, await this.#memory.need(user), page, this.#deps.clock.now());
  }

  /** Saves what is written behind. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#receipts.close();
    this.#presence.close();
    this.#profiles.close();
    this.#memory.close();
  }

  async #readable(user: UserId, room: RoomId): Promise<Place | undefined> {
    if ((await openRoom(this.#deps.rooms, room, user)) === undefined) return undefined;
    const place = (await this.#memory.need(user)).places.get(room);
    return place === undefined || isHidden(place) ? undefined : place;
  }

  #cursor(from: Position): Cursor {
    return encodeCursor(this.#deps.log.epoch, { from, snapshot: false });
  }

  /** @returns also how far the device is, where its cursor says so */
  #beat(
    inbox: Inbox,
    device: DeviceId,
    state: 'active' | 'away',
    cursor: Cursor | undefined,
  ): { answer: ReturnType<Inboxes['beat']>; at: Position | undefined } {
    const { log } = this.#deps;
    this.#presence.step(inbox, { kind: 'beat', device, state });
    const at = inbox.position;
    const head = this.#cursor(at);
    // Nothing has happened, as mostly.
    if (cursor === head) return { answer: { cursor: head, changed: [], sync: false }, at };
    const from = cursor && decodeCursor(log.epoch, log.head, cursor);
    if (from === undefined || from.snapshot || from.page !== undefined) {
      return {
        answer: { cursor: head, changed: [], sync: true },
        at: from?.snapshot ? undefined : from?.from,
      };
    }
    return { answer: { cursor: head, ...changesBehind(inbox, from.from, device) }, at: from.from };
  }

  /** A mark is committed: the user's other devices and the others in the room are to hear of it (`[UNREAD5]`). */
  #marked({ place, device }: Marking): void {
    this.#receipts.moved(place);
    const { inbox, marks, in: shared } = place;
    const tell = (unreadCount: number) => {
      const { read, unread } = marks;
      const frame = { kind: 'marks', room: shared.room, read, unread, unreadCount };
      this.#deps.delivery.toUsers([inbox.user], JSON.stringify(frame), device);
    };
    const unreadCount = this.#entries.unread(place);
    if (typeof unreadCount === 'number') tell(unreadCount);
    else unreadCount.then(tell, this.#deps.onFault);
  }
}
