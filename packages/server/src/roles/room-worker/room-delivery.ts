import type { DeviceId, RoomId, Seq, UserId } from '@maru/protocol';
import { asTold, isToldOtherwise } from '../../core/room/as-told.ts';
import type { MemberChange, RoomEvent } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import { isHiddenFrom } from '../../core/room/relation.ts';
import type { RoomState } from '../../core/room/state.ts';
import { asSeenBy } from '../../core/room/visible-spans.ts';
import { type Delivery, isPublished } from '../../ports/delivery.ts';
import type { EventEntry, ReaderEntry } from '../../ports/log.ts';
import type { InboxFeed } from '../commit/inbox-feed.ts';
import { encodeEvent } from './encode-event.ts';
import type { LiveRoom } from './live-room.ts';

/** Beyond this much a frame goes out, and what follows comes in another. */
const FRAME_CHARS_MAX = 128_000;

/** Events of one room, one after the other in a commit, that go to the same people in one frame. */
interface Run {
  readonly room: RoomId;
  events: string;
  state: RoomState;
  /** The one device that sent them all: it has its answers. */
  device: DeviceId | undefined;
}

/** Brings committed events to the members' sessions, in the order of the log, in the pass after a commit. */
export class RoomDelivery {
  readonly #delivery: Delivery;
  readonly #feed: InboxFeed;
  readonly #open = new Map<LiveRoom, Run>();

  constructor(delivery: Delivery, feed: InboxFeed) {
    this.#delivery = delivery;
    this.#feed = feed;
  }

  /** One committed event; `state` is the room behind it. */
  committed(live: LiveRoom, entry: EventEntry, state: RoomState): void {
    const { event, members } = entry;
    // A run ends where the people change: who comes in gets nothing from before, who goes out nothing behind it.
    // What was on its way before a block is not brought to who blocks any more (`[REL7]`); their history has it.
    if (event.change?.type === 'related')
      this.#close(live, event.change.act === 'block' ? event.sender : undefined);
    else if (members !== undefined) this.#close(live);
    this.#feed.committed(entry, state);
    if (members !== undefined) this.#changeTopic(state, members);
    if (
      (event.content !== undefined || event.kind === 'reaction') &&
      event.refersTo !== undefined &&
      this.#hasFloorAbove(state, event.refersTo)
    ) {
      this.#close(live);
      this.#deliverAboveFloors(state, event, event.refersTo);
      return;
    }
    if (isToldOtherwise(event)) {
      this.#deliverAsTold(state, event);
      return;
    }
    const run = this.#open.get(live);
    if (run === undefined) {
      this.#open.set(live, { room: entry.room, events: encodeEvent(event), state, device: event.device });
      return;
    }
    run.events += `,${encodeEvent(event)}`;
    run.state = state;
    if (run.device !== event.device) run.device = undefined;
    if (run.events.length > FRAME_CHARS_MAX) this.#close(live);
  }

  /** Who comes into a channel or goes hears of it themselves, and nobody else. */
  readerCommitted(live: LiveRoom, entry: ReaderEntry, state: RoomState): void {
    this.#close(live);
    this.#feed.readerCommitted(entry, state);
    this.#changeTopic(state, [readerMemberChange(entry.reader)]);
  }

  /** Delivers what the pass has gathered. */
  flush(): void {
    for (const run of this.#open.values()) this.#deliver(run);
    this.#open.clear();
  }

  /** @param but who is not to get it */
  #close(live: LiveRoom, but?: UserId): void {
    const run = this.#open.get(live);
    if (run === undefined) return;
    this.#open.delete(live);
    this.#deliver(run, but);
  }

  #deliver({ room, events, state, device }: Run, but?: UserId): void {
    const frame = eventsFrame(room, events);
    if (isPublished(state)) this.#delivery.toRoom(room, frame);
    else if (but === undefined && state.relation?.hidden !== true) {
      this.#delivery.toUsers(state.members.keys(), frame, device);
    } else this.#delivery.toUsers(present(state, but), frame, device);
  }

  /** What the two of a direct room are told each in their way. */
  #deliverAsTold(state: RoomState, event: RoomEvent): void {
    for (const user of present(state)) {
      const frame = eventsFrame(state.room, encodeEvent(asTold(event, user)));
      if (user === event.sender) this.#delivery.toUsers([user], frame, event.device);
      else this.#delivery.toUsers([user], frame);
    }
  }

  #changeTopic(state: RoomState, changes: readonly MemberChange[]): void {
    const joined: UserId[] = [];
    for (const change of changes) {
      if (change.type === 'opened') joined.push(change.user);
      else this.#delivery.departed(state.room, change.user);
    }
    if (joined.length === 0 || !isPublished(state)) return;
    const { roomKind, memberCount } = state;
    const wasBig = isPublished({ roomKind, memberCount: memberCount - joined.length });
    this.#delivery.joined(state.room, wasBig ? joined : [...state.members.keys()]);
  }

  #hasFloorAbove(state: RoomState, seq: number): boolean {
    for (const member of state.members.values()) if (member.visibleFrom > seq) return true;
    return false;
  }

  /** About what some members may not see: they get an edit without its content, a reaction without its kind (`[PRIV5]`). */
  #deliverAboveFloors(state: RoomState, event: RoomEvent, refersTo: Seq): void {
    const seeing: UserId[] = [];
    const others: UserId[] = [];
    for (const [user, member] of state.members) {
      const sees = member.visibleFrom <= refersTo || this.#feed.sees(user, state.room, refersTo);
      (sees ? seeing : others).push(user);
    }
    this.#delivery.toUsers(seeing, eventsFrame(state.room, encodeEvent(event)), event.device);
    this.#delivery.toUsers(others, eventsFrame(state.room, encodeEvent(asSeenBy(event, []))));
  }
}

/** The members to whom the room is there. */
function* present(state: RoomState, but?: UserId): Generator<UserId> {
  for (const user of state.members.keys()) if (user !== but && !isHiddenFrom(state, user)) yield user;
}

function eventsFrame(room: RoomId, events: string): string {
  return `{"kind":"events","room":"${room}","events":[${events}]}`;
}
