import type { CommandFrame, DownFrame, Event, LimitsInForce, RoomId, Seq, Welcome } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { openEvent } from './content-codec.ts';
import { Disconnected } from './errors.ts';
import { routeFrame } from './frame-router.ts';
import { Outbox } from './outbox/outbox.ts';
import { ownEvent } from './outbox/own-event.ts';
import { Relations } from './relation/relations.ts';
import { beforeAnyEntry } from './room/room-record.ts';
import { type Room, Rooms } from './room/rooms.ts';
import { isVisible } from './room/visible.ts';
import { canTalk } from './room/with-entry.ts';
import { Journal } from './store/journal.ts';
import type { ClientStore, Identity, StoredState } from './store/store.ts';
import { DeliveredReceipts } from './sync/delivered.ts';
import { GapFiller } from './sync/gap-filler.ts';
import { Marks } from './sync/marks.ts';
import { RoomFeed } from './sync/room-feed.ts';
import { SyncEngine } from './sync/sync-engine.ts';
import { UnreadKeeper } from './sync/unread-keeper.ts';
import { Changes } from './view/changes.ts';
import { Members } from './view/members.ts';
import { PresenceBook } from './view/presence-book.ts';
import { Timeline } from './view/timeline.ts';
import { Typing } from './view/typing.ts';
import type { Api } from './wire/api.ts';
import type { ConnectionHandlers } from './wire/connection.ts';
import { Session, type SessionDeps } from './wire/session.ts';

/** How long a room that this device made may take to be told of. */
const NEW_ROOM_MS = 200;

export interface DeviceDeps extends SessionDeps {
  readonly store: ClientStore;
  readonly state: StoredState;
  readonly me: Identity;
  readonly api: Api;
  readonly gapEventsMax: number;
}

/** One signed-in device: the parts of the SDK, and what each has to do when something happened to another. */
export class Device implements ConnectionHandlers {
  readonly me: Identity;
  readonly changes = new Changes();
  readonly journal: Journal;
  readonly rooms: Rooms;
  readonly session: Session;
  readonly feed: RoomFeed;
  readonly filler: GapFiller;
  readonly sync: SyncEngine;
  readonly outbox: Outbox;
  readonly relations: Relations;
  readonly marks: Marks;
  readonly unread: UnreadKeeper;
  readonly typing: Typing;
  readonly presence: PresenceBook;
  readonly members: Members;
  readonly timelines = new Map<RoomId, Timeline>();
  limits: LimitsInForce = {
    messageCharsMax: limits.MESSAGE_CHARS_MAX,
    groupMembersMax: limits.GROUP_MEMBERS_MAX,
    frameBytesMax: limits.FRAME_BYTES_MAX,
    sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
  };
  readonly #deps: DeviceDeps;
  readonly #delivered: DeliveredReceipts;
  /** How often it looked, and the newest look that was answered. */
  #looks = 0;
  #answeredLook = 0;

  constructor(deps: DeviceDeps) {
    this.#deps = deps;
    const { environment, store, state, me, api, report, gapEventsMax } = deps;
    const { clock } = environment;
    this.me = me;
    this.rooms = new Rooms(state.rooms, (room) => this.#changed(room));
    this.journal = new Journal({
      store,
      clock,
      record: (room) => this.rooms.get(room)?.record,
      failed: (cause) => {
        report({ code: 'store-failed', message: 'the store failed', cause });
        this.session.connection.stop('store-failed');
      },
    });
    this.session = new Session(deps, this);
    const { journal, rooms, session } = this;
    this.feed = new RoomFeed({
      me: me.user,
      rooms,
      journal,
      report,
      gapEventsMax,
      applied: (room, event) => this.#applied(room, event),
      restarted: (room) => this.#restarted(room),
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
    const accepted = (command: CommandFrame, seq: Seq, at: number | undefined) =>
      this.#accepted(command, seq, at);
    this.outbox = new Outbox(
      {
        ...{ environment, journal, session, accepted, changed },
        isUnavailable: (room) => this.rooms.get(room)?.record.unavailable !== undefined,
        unavailable: (room) => this.#unavailable(room),
      },
      state.outbox,
      state.lastIds,
    );
    this.relations = new Relations({ rooms, outbox: this.outbox });
    this.marks = new Marks({ rooms, journal, session, confirmed: (room) => this.unread.confirmed(room) });
    this.unread = this.#createUnread();
    this.#delivered = new DeliveredReceipts({ clock, rooms, journal, session });
    this.typing = new Typing({ clock, session, changed });
    this.presence = new PresenceBook(changed);
    this.members = new Members(api, changed);
  }

  /** The rooms on the screen: their presence is told now, and again after each reconnect. */
  async look(rooms: readonly RoomId[]): Promise<void> {
    this.presence.look(rooms);
    const look = ++this.#looks;
    try {
      const seen = await this.session.look(rooms);
      if (look < this.#answeredLook) {
        // It was kept back for its rate and came behind a later one: the server goes by it, and is told anew.
        await this.look(this.presence.looking);
        return;
      }
      this.#answeredLook = look;
      this.presence.seen(seen);
    } catch (error) {
      // The next session looks again.
      if (!(error instanceof Disconnected)) throw error;
    }
  }

  /** The timeline of a room, opened if it was not. */
  timeline(room: Room): Timeline {
    const { room: id } = room.record;
    let timeline = this.timelines.get(id);
    if (timeline === undefined) {
      const { journal, session } = this;
      const { store } = this.#deps;
      timeline = new Timeline(
        { journal, store, session, changed: (changed) => this.rooms.touch(changed) },
        room,
      );
      this.timelines.set(id, timeline);
    }
    return timeline;
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
    // Whoever is blocked, or no more, is shown otherwise in every group.
    if (this.relations.refresh(room)) {
      for (const known of this.rooms) if (known.record.roomKind === 'group') this.rooms.touch(known);
    }
    this.changes.changed();
  }

  /** The server said of a direct room that nobody is there. */
  #unavailable(id: RoomId): void {
    const room = this.rooms.get(id);
    if (room === undefined) return;
    room.record = { ...room.record, unavailable: room.record.head.seq };
    this.journal.touch(id);
    this.rooms.touch(room);
    // It may be the answer of an earlier time, repeated (`[ONCE5]`): what holds now the room's entry says.
    this.sync.request();
  }

  /** In step with the server: whoever is there by the room's entry may be written to. */
  #availableAgain(): void {
    for (const room of this.rooms) {
      if (room.record.unavailable === undefined || !canTalk(room.record)) continue;
      room.record = { ...room.record, unavailable: undefined };
      this.journal.touch(room.record.room);
      this.rooms.touch(room);
    }
  }

  /** Forgets everything but whose device this is and the ids that it has used (`[ONCE2]`). */
  async erase(): Promise<void> {
    const { journal, rooms, outbox } = this;
    for (const room of [...rooms]) {
      rooms.delete(room);
      this.#forgotten(room);
      journal.add({ kind: 'forget-room', room: room.record.room });
    }
    outbox.erase();
    journal.add({ kind: 'cursor', cursor: undefined });
    journal.add({ kind: 'identity', identity: { ...this.me, token: undefined } });
    await journal.flush();
  }

  async close(): Promise<void> {
    this.session.connection.stop('closed');
    this.outbox.close();
    this.#delivered.close();
    this.typing.close();
    await this.journal.close();
    this.changes.clear();
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
    this.session.begin();
    this.filler.online();
    this.sync.online(welcome.cursor);
  }

  frame(frame: Exclude<DownFrame, Welcome>): void {
    routeFrame(this, frame, this.#deps.report);
  }

  lost(goesOver: boolean): void {
    if (!goesOver) this.session.end();
    this.sync.offline();
    this.filler.offline();
    this.marks.offline();
    this.outbox.offline();
  }

  statusChanged(): void {
    this.changes.changed();
  }

  #syncHooks(): ConstructorParameters<typeof SyncEngine>[0]['hooks'] {
    return {
      synced: () => this.#synced(),
      entered: (room) => {
        if (room.record.pendingMark?.read !== undefined) this.unread.recount(room);
        this.#release(room);
      },
      forgotten: (room) => this.#forgotten(room),
      putBack: (commands) => this.outbox.putBack(commands),
      failed: () => this.session.connection.restart(),
    };
  }

  #createUnread(): UnreadKeeper {
    const { journal, marks, me, session } = this;
    const { store, api, environment } = this.#deps;
    return new UnreadKeeper({
      me: me.user,
      clock: environment.clock,
      marks,
      read: async (room, from, to) => {
        await journal.flush();
        return store.events(room.record.room, from, to);
      },
      entry: async (room) => session.openEntry(await api.getRoom({ params: { room: room.record.room } })),
      enter: (entry) => this.sync.enter(entry),
      changed: (room) => {
        journal.touch(room.record.room);
        this.rooms.touch(room);
      },
    });
  }

  /** In step with the server: what waits here may go there now. */
  #synced(): void {
    this.#delivered.online();
    this.#availableAgain();
    if (this.session.status.state !== 'syncing') return;
    this.session.connection.settled();
    this.outbox.online(this.limits.sendsInFlightMax);
    this.marks.online();
    const { looking } = this.presence;
    // Soft: what is refused is not looked at.
    if (looking.length > 0) this.look(looking).catch(() => undefined);
  }

  /** An event joined its room's run. */
  #applied(room: Room, event: Event): void {
    const { room: id } = room.record;
    const { sender, device, clientMessageId, kind, seq } = event;
    this.timelines.get(id)?.append(event);
    if (this.outbox.pending(id).length > 0) this.#release(room);
    this.members.applied(room, event);
    if (device === this.me.device && clientMessageId !== undefined)
      this.outbox.arrived(id, clientMessageId, seq);
    if (sender === this.me.user || kind !== 'message') return;
    this.typing.stopped(id, sender);
    this.#delivered.note(room);
  }

  /** A command of this device was accepted. */
  #accepted(command: CommandFrame, seq: Seq, at: number | undefined): void {
    const { room: id, clientMessageId } = command;
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
    const event = at === undefined ? undefined : ownEvent(command, seq, at, this.me);
    if (event !== undefined) this.feed.offer(room, [openEvent(this.#deps.codec, id, event)]);
    room.announced = Math.max(room.announced, seq);
    this.filler.fillSoon(room);
  }

  #release(room: Room): void {
    this.outbox.release(room.record.room, (seq) => !willCome(room, seq));
  }

  #forgotten(room: Room): void {
    this.timelines.delete(room.record.room);
    this.members.forget(room.record.room);
  }

  #restarted(room: Room): void {
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

/** Whether an event will still join the room's run. What is not seen live by one who left is not seen at all. */
function willCome({ record }: Room, seq: Seq): boolean {
  const { membership, visible, stored } = record;
  return membership === 'member' && seq > (stored?.tip.seq ?? 0) && isVisible(visible, seq);
}
