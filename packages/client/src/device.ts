import {
  type Change,
  type CommandFrame,
  type DownFrame,
  type Event,
  type LimitsInForce,
  messagesHiddenBy,
  type RoomId,
  type Seq,
  type UserId,
  type Welcome,
} from '@maru/protocol';
import { openEvent } from './content-codec.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';
import type { DeviceDeps } from './device-surroundings.ts';
import { Disconnected } from './errors.ts';
import { routeFrame } from './frame-router.ts';
import { ScheduledBook } from './later/scheduled-book.ts';
import { Outbox } from './outbox/outbox.ts';
import { ownEvent } from './outbox/own-event.ts';
import { LatestShown } from './own/latest-shown.ts';
import { ownOf } from './own/own-of.ts';
import type { OwnSettings } from './own/own-settings.ts';
import { meetPeople } from './people/meet-people.ts';
import type { OwnProfile } from './people/own-profile.ts';
import type { People } from './people/people.ts';
import type { Person } from './people/person.ts';
import { blocksChanged } from './relation/blocks-changed.ts';
import { isBlock } from './relation/is-relation.ts';
import { Reachable } from './relation/reachable.ts';
import { Relations } from './relation/relations.ts';
import { beforeAnyEntry } from './room/room-record.ts';
import { type Room, Rooms } from './room/rooms.ts';
import type { Named } from './room/unread-mentions.ts';
import { willCome } from './room/will-come.ts';
import { type Journal, StoreJournal } from './store/journal.ts';
import type { Identity } from './store/store.ts';
import { DeliveredReceipts } from './sync/delivered.ts';
import { Expiry } from './sync/expiry.ts';
import { GapFiller } from './sync/gap-filler.ts';
import { Marks } from './sync/marks.ts';
import { RoomFeed } from './sync/room-feed.ts';
import { SyncEngine } from './sync/sync-engine.ts';
import { UnreadKeeper } from './sync/unread-keeper.ts';
import type { Changes } from './view/changes.ts';
import { Looks } from './view/looks.ts';
import { Members } from './view/members.ts';
import { PresenceBook } from './view/presence-book.ts';
import { Quotes } from './view/quotes.ts';
import { Timeline } from './view/timeline.ts';
import { Typing } from './view/typing.ts';
import type { ConnectionHandlers } from './wire/connection.ts';
import { type Session, WireSession } from './wire/session.ts';

/** How long a room that this device made may take to be told of. */
const NEW_ROOM_MS = 200;

/** One signed-in device: the parts of the SDK, and what each has to do when something happened to another. */
export class Device implements ConnectionHandlers {
  readonly me: Identity;
  readonly changes: Changes;
  readonly journal: Journal;
  readonly rooms: Rooms;
  readonly session: Session;
  readonly feed: RoomFeed;
  readonly filler: GapFiller;
  readonly sync: SyncEngine;
  readonly outbox: Outbox;
  readonly relations: Relations;
  readonly reachable: Reachable;
  readonly marks: Marks;
  readonly unread: UnreadKeeper;
  readonly own: OwnSettings;
  readonly latest: LatestShown;
  readonly expiry: Expiry;
  readonly typing: Typing;
  readonly presence: PresenceBook;
  readonly people: People;
  readonly profile: OwnProfile;
  readonly members: Members;
  readonly quotes: Quotes;
  readonly scheduled: ScheduledBook;
  readonly delivered: DeliveredReceipts;
  readonly timelines = new Map<RoomId, Timeline>();
  limits: LimitsInForce = DEFAULT_LIMITS;
  readonly #deps: DeviceDeps;
  readonly #looks: Looks;
  readonly #named: Named;

  constructor(deps: DeviceDeps) {
    this.#deps = deps;
    const { environment, store, state, me, api, report, gapEventsMax, following } = deps;
    const { clock } = environment;
    this.me = me;
    this.changes = deps.changes;
    this.#named = { me: me.user, blocks: (user) => this.relations.isBlocked(user) };
    this.rooms = new Rooms(state.rooms, (room) => this.#changed(room));
    this.journal = following?.journal ?? this.#createJournal();
    this.session = following?.session ?? new WireSession(deps, this);
    const { journal, rooms, session } = this;
    this.feed = new RoomFeed({
      named: this.#named,
      rooms,
      journal,
      report,
      gapEventsMax,
      applied: (room, event) => this.#applied(room, event),
      restarted: (room) => this.restarted(room),
      begun: (room) => this.#release(room),
      conflict: (room) => this.#conflict(room),
    });
    const { feed } = this;
    this.filler = new GapFiller({
      clock,
      feed,
      gapEventsMax,
      session,
      needsSync: () => this.sync.request(),
      filled: (room) => this.sync.filled(room),
    });
    this.sync = new SyncEngine(
      { me, rooms, journal, store, report, feed, filler: this.filler, session, hooks: this.#syncHooks() },
      state.cursor,
    );
    const changed = (room: RoomId) => this.touched(room);
    this.reachable = new Reachable({ rooms, journal, needsSync: () => this.sync.request() });
    this.outbox = this.#createOutbox();
    this.relations = new Relations({ rooms, outbox: this.outbox });
    this.marks = new Marks({ rooms, journal, session, confirmed: (room) => this.unread.confirmed(room) });
    this.unread = this.#createUnread();
    this.own = this.#createOwn();
    this.latest = new LatestShown({
      hidden: ({ record }) => this.own.hidden(record.room),
      read: (room, from, to) => this.#read(room, from, to),
      changed: (room) => this.rooms.touch(room),
    });
    this.quotes = this.#createQuotes();
    const { quotes, timelines } = this;
    this.expiry = new Expiry({ clock, store, journal, rooms, timelines, quotes });
    this.delivered = new DeliveredReceipts({ clock, rooms, journal, session });
    this.typing = new Typing({ clock, session, changed });
    this.presence = new PresenceBook(changed);
    this.#looks = new Looks(this.presence, session);
    const { people, profile } = meetPeople(
      {
        ...{ environment, api, journal },
        changed: () => this.changes.changed(),
        renamed: (users) => this.members.renamed(users),
      },
      state,
    );
    this.people = people;
    this.profile = profile;
    this.members = new Members(api, this.people, changed);
    this.scheduled = this.#createScheduled();
  }

  /** The rooms on the screen: their presence is told now, and again after each reconnect. */
  look(rooms: readonly RoomId[]): Promise<void> {
    return this.#looks.look(rooms);
  }

  /** The timeline of a room, opened if it was not. */
  timeline(room: Room): Timeline {
    const { room: id } = room.record;
    let timeline = this.timelines.get(id);
    if (timeline === undefined) {
      const { journal, session } = this;
      const { store } = this.#deps;
      timeline = new Timeline(
        {
          ...{ me: this.me.user, journal, store, session, changed: (changed) => this.rooms.touch(changed) },
          shown: (events) => this.expiry.note(events),
        },
        room,
      );
      this.timelines.set(id, timeline);
    }
    return timeline;
  }

  /** Somebody, for showing; the user with what is still on its way. */
  person(user: UserId): Person | undefined {
    const known = this.people.shown(user);
    return user === this.me.user ? this.profile.shown(known) : known;
  }

  /** Something to be seen of a room changed, known or not. */
  touched(room: RoomId): void {
    const known = this.rooms.get(room);
    if (known !== undefined) this.rooms.touch(known);
    else {
      this.rooms.version++;
      this.#changed(room);
    }
  }

  #changed(room: RoomId): void {
    if (this.relations.refresh(room)) blocksChanged(this, room, this.relations.of(room)?.pending !== true);
    this.changes.changed();
  }

  /** Drops a room that the user is out of, with all that is stored of it. */
  async forget(room: Room): Promise<void> {
    this.outbox.dropFailed(room.record.room);
    this.drop(room);
    await this.journal.flush();
  }

  /** Drops a room, without waiting. */
  drop(room: Room): void {
    this.rooms.delete(room);
    this.forgotten(room);
    this.journal.add({ kind: 'forget-room', room: room.record.room });
  }

  async close(): Promise<void> {
    this.rest();
    await this.journal.close();
  }

  /** Does nothing by itself any more. */
  rest(): void {
    this.session.connection.stop('closed');
    const { outbox, own, expiry, typing, profile } = this;
    for (const part of [outbox, own, this.delivered, expiry, typing, profile]) part.close();
    for (const part of [this.scheduled, this.people]) part.offline();
  }

  cursor(): SyncEngine['cursor'] {
    return this.sync.cursor;
  }

  welcomed(welcome: Welcome): void {
    // A browser's cookie may be another account's by now: nothing of this one's may mix with it.
    if (welcome.user !== this.me.user || welcome.device !== this.me.device) {
      this.session.connection.stop('signed-out');
      return;
    }
    this.limits = welcome.limits;
    this.expiry.welcomed(welcome.now);
    this.session.begin();
    this.filler.online();
    this.sync.online(welcome.cursor);
    this.scheduled.told(welcome.scheduled);
  }

  frame(frame: Exclude<DownFrame, Welcome>): void {
    this.#deps.overheard?.(frame);
    routeFrame(this, frame, this.#deps.report);
  }

  lost(goesOver: boolean): void {
    if (!goesOver) this.session.end();
    const { sync, filler, marks, own, people, profile, outbox, scheduled } = this;
    for (const part of [sync, filler, marks, own, people, profile, outbox, scheduled]) part.offline();
  }

  statusChanged(): void {
    // Who is there is told again after the next sync.
    if (this.session.status.state === 'waiting') this.presence.forget();
    this.changes.changed();
  }

  #createJournal(): Journal {
    const { environment, store, report, lazyMs } = this.#deps;
    return new StoreJournal({
      ...{ store, lazyMs, clock: environment.clock },
      record: (room) => this.rooms.get(room)?.record,
      failed: (cause) => {
        report({ code: 'store-failed', message: 'the store failed', cause });
        this.session.connection.stop('store-failed');
      },
    });
  }

  #syncHooks(): ConstructorParameters<typeof SyncEngine>[0]['hooks'] {
    return {
      synced: () => this.#synced(),
      told: (settings, isAll) => this.own.told(settings, isAll),
      entered: (room) => {
        const { pendingMark, room: id } = room.record;
        if (pendingMark?.read !== undefined || this.own.isHiding(id)) this.unread.recount(room);
        this.own.entered();
        this.#release(room);
      },
      forgotten: (room) => this.forgotten(room),
      putBack: (commands) => this.outbox.putBack(commands),
      failed: () => this.session.connection.restart(),
    };
  }

  #createQuotes(): Quotes {
    const { journal, session } = this;
    return new Quotes({
      ...{ ...this.#named, journal, store: this.#deps.store, session },
      hides: ({ record }, seq) => this.own.hides(record.room, seq),
      changed: (room) => this.rooms.touch(room),
      shown: (events) => this.expiry.note(events),
    });
  }

  #createScheduled(): ScheduledBook {
    const { me, journal, outbox } = this;
    const { api, codec, environment, state } = this.#deps;
    const changed = () => this.changes.changed();
    const deps = { device: me.device, api, clock: environment.clock, codec, journal, outbox, changed };
    return new ScheduledBook(deps, state.scheduled);
  }

  #createOutbox(): Outbox {
    const { journal, session, reachable } = this;
    const { environment, state } = this.#deps;
    return new Outbox(
      {
        ...{ environment, journal, session, reachable },
        accepted: (command, seq, at) => this.#accepted(command, seq, at),
        changed: (room) => this.touched(room),
      },
      state.outbox,
      state.lastIds,
    );
  }

  #createUnread(): UnreadKeeper {
    const { journal, marks, session } = this;
    const { api } = this.#deps;
    return new UnreadKeeper({
      named: this.#named,
      marks,
      read: (room, from, to) => this.#read(room, from, to),
      hides: ({ record }, seq) => this.own.hides(record.room, seq),
      // Where another tab has the connection, that one asks.
      entry: async (room) => {
        if (this.#deps.following !== undefined) throw new Disconnected('there is no connection');
        return session.openEntry(await api.getRoom({ params: { room: room.record.room } }));
      },
      enter: (entry) => this.sync.enter(entry),
      changed: (room) => {
        journal.touch(room.record.room);
        this.rooms.touch(room);
      },
    });
  }

  #createOwn(): OwnSettings {
    const { journal, rooms, session, unread } = this;
    const { environment, report, state } = this.#deps;
    return ownOf(
      {
        ...{ clock: environment.clock, journal, report, session, rooms, unread },
        userChanged: this.#deps.following?.settingChanged,
        changed: (room) => (room === undefined ? this.changes.changed() : this.touched(room)),
        needsSync: () => this.sync.request(),
      },
      state.own,
    );
  }

  /** Stored events, all that the journal was given included. */
  async #read(room: Room, from: number, to: number): Promise<readonly Event[]> {
    await this.journal.flush();
    return this.#deps.store.events(room.record.room, from, to);
  }

  /** In step with the server: what waits here may go there now. */
  #synced(): void {
    this.delivered.online();
    this.reachable.availableAgain();
    if (this.session.status.state !== 'syncing') return;
    this.session.connection.settled();
    this.outbox.online(this.limits.sendsInFlightMax);
    this.quotes.online();
    for (const id of this.timelines.keys()) this.touched(id);
    for (const part of [this.marks, this.unread, this.own, this.people, this.profile]) part.online();
    const { looking } = this.presence;
    // Soft: what is refused is not looked at.
    if (looking.length > 0) this.look(looking).catch(() => undefined);
  }

  /** An event joined its room's run. */
  #applied(room: Room, event: Event): void {
    const { room: id } = room.record;
    const { sender, device, clientMessageId, kind, seq } = event;
    this.expiry.note([event]);
    this.timelines.get(id)?.append(event);
    this.quotes.applied(room, event);
    if (this.outbox.pending(id).length > 0) this.#release(room);
    for (const follower of [this.members, this.presence]) follower.applied(room, event);
    if (event.change !== undefined && ENDS_WAITING.includes(event.change.type)) this.outbox.retry(id);
    if (device === this.me.device && clientMessageId !== undefined)
      this.outbox.arrived(id, clientMessageId, seq);
    // Counted as if the user had not hidden it, or twice as gone.
    const about = [event, ...messagesHiddenBy(event)];
    if (about.some((each) => this.own.hides(id, each.seq))) this.unread.countAnew(room, true);
    if (sender === this.me.user || kind !== 'message') return;
    this.typing.stopped(id, sender);
    this.delivered.note(room);
  }

  /** A command of this device was accepted. */
  #accepted(command: CommandFrame, seq: Seq, at: number | undefined): void {
    const { room: id, clientMessageId } = command;
    this.scheduled.accepted(command);
    if (isBlock(command)) blocksChanged(this, id, true);
    const room = this.rooms.get(id);
    if (room === undefined) {
      this.#deps.environment.clock.after(NEW_ROOM_MS, () => {
        if (this.rooms.get(id) === undefined) this.sync.request();
      });
      return;
    }
    if (!willCome(room, seq)) {
      this.outbox.arrived(id, clientMessageId, seq);
      return;
    }
    const edited = command.kind === 'edit' ? command.refersTo : undefined;
    const target = this.timelines.get(id)?.events.find((event) => event.seq === edited);
    const event = at === undefined ? undefined : ownEvent(command, seq, at, this.me, target);
    if (event !== undefined) this.feed.offer(room, [openEvent(this.#deps.codec, id, event)]);
    room.announced = Math.max(room.announced, seq);
    this.filler.fillSoon(room);
  }

  #release(room: Room): void {
    this.outbox.release(room.record.room, (seq) => !willCome(room, seq));
  }

  forgotten(room: Room): void {
    this.quotes.forget(room.record.room);
    this.timelines.delete(room.record.room);
    this.members.forget(room.record.room);
  }

  restarted(room: Room): void {
    this.quotes.forget(room.record.room);
    this.timelines.get(room.record.room)?.restart();
    this.members.forget(room.record.room);
  }

  /** The server tells another story than before: what is known of the room is dropped, and everything asked for anew. */
  #conflict(room: Room): void {
    this.feed.drop(room);
    room.held.clear();
    room.record = beforeAnyEntry(room.record);
    this.sync.requestSnapshot();
  }
}

/** Changes after which slow mode may let a message through that waits. */
const ENDS_WAITING: readonly Change['type'][] = ['slow-mode-set', 'role-set'];
