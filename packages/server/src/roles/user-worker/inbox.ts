/** What users with sessions have in memory. Lean: 15,000 of them are to fit. */
import type { DeviceId, HistorySetting, RoomFacts, RoomId, RoomKind, Seq, UserId } from '@maru/protocol';
import { limits, messagesHiddenBy, NO_FACTS } from '@maru/protocol';
import { absent, type Presence } from '../../core/presence/presence.ts';
import { namingsOf } from '../../core/projection/naming.ts';
import type { PlacedHead } from '../../core/projection/room-head.ts';
import type { Relation } from '../../core/room/relation.ts';
import type { RoomState } from '../../core/room/state.ts';
import type { UserMarks } from '../../core/user/marks.ts';
import type { SessionInfo } from '../../ports/inboxes.ts';
import type { EventEntry, ReaderEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { Interval } from '../../ports/room-store.ts';
import { Places } from './places.ts';
import { NO_SETTINGS } from './settings-place.ts';
import type { WatchedRoom } from './watched-room.ts';

/** A room that somebody in memory is in: its head, shared by all of them. */
export class InboxRoom {
  readonly room: RoomId;
  roomKind: RoomKind = 'group';
  name: string | undefined;
  creator = '' as UserId;
  history: HistorySetting = 'all';
  facts: RoomFacts = NO_FACTS;
  relation: Relation | undefined;
  /** Position of the newest event that changed the relation. */
  relatedAt = 0;
  memberCount = 0;
  seq = 0 as Seq;
  ordinal = 0;
  at = 0;
  /** Of the newest event; 0 until the head is read or an event comes. */
  position = 0 as Position;
  /** No counting event above it was deleted or has expired. */
  deletedMax = 0;
  /** No message above it names anybody, once the store was asked. */
  mentionedMax = 0;
  isMentionedKnown = false;
  /** Whether the store was asked, or the room was made before our eyes. */
  loaded = false;
  /** Its members in memory. */
  readonly people: Place[] = [];
  /** Sessions that have it on the screen. */
  lookers: Map<LiveSession, Place> | undefined;
  /** Whose marks moved since the last push. */
  movers: Place[] | undefined;
  /** While somebody looks at a big one: who has read how far. */
  watched: WatchedRoom | undefined;

  constructor(room: RoomId) {
    this.room = room;
  }

  /** What the store says. An event that was committed meanwhile is newer. */
  load(head: PlacedHead): void {
    this.loaded = true;
    this.deletedMax = Math.max(this.deletedMax, head.deletedMax);
    if (head.position <= this.position) return;
    const { roomKind, name, creator, history, facts, relation, relatedAt } = head;
    const { memberCount, seq, ordinal, at, position } = head;
    Object.assign(this, { roomKind, name, creator, history, facts, relation, relatedAt });
    Object.assign(this, { memberCount, seq, ordinal, at, position });
  }

  /** One more event was committed, unless the store has told of it already; `state` is the room behind it. */
  advance({ event, position }: EventEntry, state: RoomState): void {
    if (position <= this.position) return;
    const first = this.position === 0;
    this.seq = event.seq;
    this.ordinal = event.ordinal;
    this.at = event.at;
    this.position = position;
    for (const { seq } of messagesHiddenBy(event)) this.deletedMax = Math.max(this.deletedMax, seq);
    for (const { message } of namingsOf(event)) this.mentionedMax = Math.max(this.mentionedMax, message);
    // A deletion changes them, too.
    this.facts = state.facts;
    if (event.change === undefined && !first) return;
    this.roomKind = state.roomKind;
    this.name = state.name;
    this.creator = state.creator;
    this.history = state.history;
    if (this.relation !== state.relation) this.relatedAt = position;
    this.relation = state.relation;
    this.memberCount = state.memberCount;
  }

  /** Who came into a channel or went is no event: its place in the log is none of the room's. */
  countReaders({ memberCount }: RoomState): void {
    this.memberCount = memberCount;
  }

  /** Somebody came into a channel in which nobody in memory was. What else is to be known of it the store still says. */
  meet({ position }: ReaderEntry, state: RoomState): void {
    if (this.position > 0) return;
    const { roomKind, name, creator, history, facts, memberCount, seq, ordinal, at } = state;
    Object.assign(this, { roomKind, name, creator, history, facts, memberCount, seq, ordinal, at, position });
  }
}

/** Whether members see how far each of the others has got (`[SOFT3]`). */
export function tellsMarks(room: InboxRoom): boolean {
  return isSmall(room, limits.RECEIPTS_PUSHED_MEMBERS_MAX);
}

/** Whether members hear of each other what rooms of up to so many tell them. A channel's readers never do. */
export function isSmall({ roomKind, memberCount }: InboxRoom, membersMax: number): boolean {
  return roomKind !== 'channel' && memberCount <= membersMax;
}

/** How far a member has got, as others see it. */
export interface Receipt {
  readonly user: UserId;
  readonly delivered: number;
  readonly read: number;
}

/** A user's present membership of a room. */
export class Place {
  readonly inbox: Inbox;
  readonly in: InboxRoom;
  readonly peer: UserId | undefined;
  readonly joined: Seq;
  readonly visibleFrom: Seq;
  /** Memberships of before, if there were any. */
  readonly former: readonly Interval[] | undefined;
  marks: UserMarks;
  /** While changes of the marks are on their way to the log: what the marks will be, and how many there are. */
  marking: { marks: UserMarks; count: number } | undefined;
  /** Position of the newest change of the membership, and of the marks with the device that knows of it. */
  memberAt: Position;
  markedAt: Position;
  markedBy: DeviceId | undefined;
  /** How many counting events of the user's own the room has. */
  own: number;
  /** Stored by one of the user's devices up to here. */
  delivered: number;
  /** Whether `delivered` is to be saved, and a move of a mark to be pushed. */
  isSaveDue = false;
  isPushDue = false;

  constructor(inbox: Inbox, room: InboxRoom, membership: Membership) {
    this.inbox = inbox;
    this.in = room;
    this.peer = membership.peer;
    const { intervals } = membership;
    this.joined = intervals.at(-1)?.joined ?? room.seq;
    this.visibleFrom = intervals.at(-1)?.visibleFrom ?? room.seq;
    this.former = intervals.length > 1 ? intervals.slice(0, -1) : undefined;
    this.marks = membership.marks;
    this.memberAt = membership.changedAt;
    this.markedAt = membership.changedAt;
    this.own = membership.own;
    this.delivered = membership.delivered;
  }

  /** Position of the newest change of anything that a device shows of the room. */
  get position(): Position {
    return Math.max(this.in.position, this.memberAt, this.markedAt) as Position;
  }

  /** Oldest first; the last one is open. */
  get intervals(): Interval[] {
    const { former = [], joined, visibleFrom } = this;
    return [...former, { joined, visibleFrom, left: undefined, how: undefined }];
  }

  /** Whoever has read something has it. */
  get deliveredUpTo(): number {
    return Math.max(this.delivered, this.marks.read);
  }

  /** What others are told. The mark that the joining set is nothing that the user has read. */
  get receipt(): Receipt {
    const read = this.marks.read > this.joined ? this.marks.read : 0;
    return { user: this.inbox.user, delivered: Math.max(this.delivered, read), read };
  }
}

/** A place as it is read, and as it is kept of a room that the user is no longer in. */
export interface Membership {
  readonly peer: UserId | undefined;
  readonly intervals: readonly Interval[];
  readonly marks: UserMarks;
  readonly changedAt: Position;
  readonly own: number;
  readonly delivered: number;
}

/** A connection, and the rooms on its screen. */
export interface LiveSession {
  readonly info: SessionInfo;
  looksAt: readonly InboxRoom[];
  /** How far its device said that it has the inbox. */
  at: Position | undefined;
}

/** One user in memory: with sessions, or just asking. */
export class Inbox {
  readonly user: UserId;
  readonly places = new Places<Place>();
  /** Rooms the user left or was taken out of. */
  departed: Map<RoomId, Membership> | undefined;
  /** Where what they keep for themselves stands. */
  settings = NO_SETTINGS;
  sessions: readonly LiveSession[] = [];
  /** The people across a block, in either direction; most have none. */
  severed: Set<UserId> | undefined;
  presence: Presence = absent(undefined, false);
  /** When a tick of the presence is due, by the monotonic clock, and whether one is arranged. */
  deadline: number | undefined;
  isTicking = false;
  /** Whether the store was asked when the user was last active, and whether they hide it. */
  isKnown = false;
  isLastActiveDue = false;
  /** Whether others are still to be told of their presence. */
  isPublishDue = false;
  /** While it is being read. First come the places: until they are here, a change of them means reading them again. */
  loading: Promise<void> | undefined;
  hasPlaces = false;
  isStale = false;
  /** By the monotonic clock: last asked for. */
  usedAt = 0;
  /** By the monotonic clock: when a typing notice was passed on. */
  typedAt = Number.NEGATIVE_INFINITY;

  constructor(user: UserId) {
    this.user = user;
  }

  /** Position of the newest change of anything that a device shows. */
  get position(): Position {
    let newest: number = this.settings.at;
    for (const place of this.places.values()) newest = Math.max(newest, place.position);
    for (const { changedAt } of this.departed?.values() ?? []) newest = Math.max(newest, changedAt);
    return newest as Position;
  }
}
