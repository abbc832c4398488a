import {
  type Create,
  compareRooms,
  isArchived,
  type ListedRoom,
  muteInForce,
  NO_FACTS,
  pinsAfter,
  powersOf,
  type RoomFacts,
  type RoomId,
  type RoomOfRoles,
  roleOf,
  type Seq,
  type UserId,
  withTimer,
} from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import type { Clock } from '../environment.ts';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import type { Person } from '../people/person.ts';
import type { Relations } from '../relation/relations.ts';
import { folds } from '../room/folds.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { Room } from '../room/rooms.ts';
import { countUnread } from '../room/unread-base.ts';
import { NO_MENTIONS, type UnreadMentions } from '../room/unread-mentions.ts';
import { type ContactLists, contactLists } from './contact-lists.ts';
import { loadsRemote } from './loads-remote.ts';
import { isLine, MessageViews } from './message-view.ts';
import { notSent, onTheWay } from './on-the-way.ts';
import { PendingReactions } from './pending-reactions.ts';
import type { RoomPresence } from './presence-book.ts';
import type { Quote } from './quote.ts';
import { ReceiptsView } from './receipts-view.ts';
import { type RoomLists, roomLists } from './room-lists.ts';
import { roomMadeBy } from './room-made-by.ts';
import type { DeadLetter, FailedCommand, Message, OnTheWay, RoomSnapshot, RoomSummary } from './view.ts';

/** Makes what a UI shows, when it asks, and the same object again as long as nothing in it changed. */
export class Snapshots {
  readonly #device: Device;
  readonly #clock: Clock;
  readonly #codec: ContentCodec;
  readonly #messages: MessageViews;
  readonly #reactions = new PendingReactions();
  readonly #summaries = new WeakMap<Room, { version: number; summary: RoomSummary }>();
  readonly #snapshots = new WeakMap<Room, { version: number; snapshot: RoomSnapshot }>();
  readonly #shown = new WeakMap<Room, readonly Message[]>();
  /** Of rooms that the server has not told of yet. */
  readonly #beingMade = new Map<RoomId, { version: number; snapshot: RoomSnapshot }>();
  #contacts:
    | {
        readonly all: readonly RoomSummary[];
        readonly people: readonly Person[];
        readonly lists: ContactLists;
      }
    | undefined;
  #dead: { readonly version: number; readonly letters: readonly DeadLetter[] } | undefined;
  #lists: (RoomLists & { readonly version: number }) | undefined;

  constructor(device: Device, codec: ContentCodec, clock: Clock) {
    this.#device = device;
    this.#clock = clock;
    this.#codec = codec;
    this.#messages = new MessageViews(device.me.user, codec);
  }

  /** All rooms, in the order of `[OWN6]`, sorted out by what people are to each other. */
  lists(): RoomLists {
    const { version } = this.#device.rooms;
    if (this.#lists?.version === version) return this.#lists;
    const known = [...this.#device.rooms].map((room) => this.#summary(room));
    const now = this.#clock.now();
    const all = [...known, ...this.#roomsBeingMade()]
      .map((summary) => ({ summary, listed: this.#listed(summary) }))
      .sort((a, b) => compareRooms(a.listed, b.listed, now))
      .map(({ summary }) => summary);
    this.#lists = {
      version,
      ...roomLists(all, (room) => this.#device.rooms.get(room)?.record.wrote === true),
    };
    return this.#lists;
  }

  /** Whom the user has to do with. */
  contacts(): ContactLists {
    const { people } = this.#device;
    const { all } = this.lists();
    if (this.#contacts?.all !== all || this.#contacts.people !== people.list) {
      const lists = contactLists(all, (user) => people.get(user));
      this.#contacts = { all, people: people.list, lists };
    }
    return this.#contacts.lists;
  }

  /** What the server refused for good, the first that was given first. */
  deadLetters(): readonly DeadLetter[] {
    const { rooms, outbox } = this.#device;
    if (this.#dead?.version !== rooms.version) {
      const letters = [...outbox.rooms()].flatMap((room) => outbox.failed(room).flatMap(deadLetter));
      this.#dead = { version: rooms.version, letters: letters.sort((a, b) => a.createdAt - b.createdAt) };
    }
    return this.#dead.letters;
  }

  room(id: RoomId): RoomSnapshot | undefined {
    const room = this.#device.rooms.get(id);
    if (room === undefined) return this.#provisional(id);
    this.#beingMade.delete(id);
    const known = this.#snapshots.get(room);
    if (known?.version === room.version) return known.snapshot;
    const snapshot = this.#snapshot(room);
    this.#snapshots.set(room, { version: room.version, snapshot });
    return snapshot;
  }

  #listed({ room, at }: RoomSummary): ListedRoom {
    const { own, rooms } = this.#device;
    return { room, at, own: own.room(room), ordinal: rooms.get(room)?.record.head.ordinal ?? 0 };
  }

  #kept(id: RoomId, ordinal: number): Pick<RoomSummary, 'muted' | 'archived' | 'pinned' | 'draft'> {
    const { own } = this.#device;
    const now = this.#clock.now();
    const kept = own.room(id);
    return {
      muted: muteInForce(kept, now),
      archived: isArchived({ own: kept, ordinal }, now),
      pinned: kept.pinned !== undefined,
      draft: own.draft(id),
    };
  }

  #onItsWay(id: RoomId): OnTheWay | undefined {
    const { outbox, expiry } = this.#device;
    return onTheWay(outbox.pending(id), this.#codec, expiry.now() - this.#clock.now());
  }

  #related(id: RoomId): Pick<RoomSummary, 'relation' | 'loadsRemote'> {
    const relation = this.#device.relations.of(id);
    return { relation, loadsRemote: loadsRemote(relation) };
  }

  #summary(room: Room): RoomSummary {
    const known = this.#summaries.get(room);
    if (known?.version === room.version) return known.summary;
    const { record } = room;
    const latest = this.#device.latest.of(room);
    const own = this.#onItsWay(record.room);
    const refused = notSent(this.#device.outbox.failed(record.room), this.#codec);
    const summary: RoomSummary = {
      room: record.room,
      roomKind: record.roomKind,
      name: record.name,
      peer: record.peer,
      membership: record.membership,
      memberCount: record.memberCount,
      ...this.#related(record.room),
      unavailable: record.unavailable !== undefined || isDeserted(record),
      unreadCount: record.membership === 'member' ? countUnread(record.unread, record.head.ordinal) : 0,
      mentionCount: this.#mentions(record).length,
      markedUnread: record.marks.unread,
      latest,
      onTheWay: own,
      ...(refused && { notSent: refused }),
      at: Math.max(latest?.at ?? record.head.at, own?.at ?? 0),
      ...this.#kept(record.room, record.head.ordinal),
    };
    this.#summaries.set(room, { version: room.version, summary });
    return summary;
  }

  #snapshot(room: Room): RoomSnapshot {
    const { timelines, members, presence, typing, relations } = this.#device;
    const { record } = room;
    const { room: id } = record;
    const timeline = timelines.get(id);
    const known = members.of(id);
    const facts = record.facts ?? NO_FACTS;
    return {
      ...this.#summary(room),
      creator: record.creator,
      history: record.history,
      facts,
      stars: this.#device.own.stars(id),
      ...this.#standing({ ...record, facts, members: known }, record.membership === 'member'),
      pins: this.#pins(room),
      read: record.marks.read,
      unreadMentions: this.#mentions(record),
      messages: this.#sameLines(room, this.#lines(room)),
      opened: timeline !== undefined,
      atStart: timeline?.atStart ?? false,
      atEnd: timeline?.atEnd ?? true,
      failed: this.#failed(id),
      typing: typing.in(id).filter((user) => !relations.isBlocked(user)),
      presence: withoutBlocked(presence.in(id, namedIn(room, known)), relations),
      members: known,
    };
  }

  /** The user's role, and what it lets them do while they are in the room. */
  #standing(room: RoomOfRoles, isMember: boolean): Pick<RoomSnapshot, 'role' | 'can'> {
    const { user } = this.#device.me;
    return isMember
      ? { role: roleOf(room, user), can: powersOf(room, user) }
      : { role: 'member', can: powersOf(room, undefined) };
  }

  /** By which it is told what has expired, in lines, quotes and pins alike (`[TIME5]`). */
  #nowIn({ record: { head } }: Room): number {
    return Math.max(head.at, this.#device.expiry.now());
  }

  #pins(room: Room): readonly Quote[] {
    const { timelines, outbox, quotes } = this.#device;
    const { room: id, facts } = room.record;
    const timeline = timelines.get(id);
    if (timeline === undefined) return [];
    const pins = outbox.pending(id).reduce<readonly Seq[]>((pinned, { item: { command } }) => {
      return command.kind === 'pin' ? pinsAfter(pinned, command.refersTo, command.on) : pinned;
    }, facts?.pins ?? []);
    // What is over is taken down, though the server may not have said so yet.
    const now = this.#nowIn(room);
    return pins
      .map((seq) => quotes.of(room, seq, timeline, now))
      .filter(({ kind }) => kind !== 'hidden' && kind !== 'deleted');
  }

  /** Without those that the user deleted for themselves. */
  #mentions({ room, membership, mentions = NO_MENTIONS }: RoomRecord): UnreadMentions {
    if (membership !== 'member' || mentions.length === 0) return NO_MENTIONS;
    return mentions.filter((seq) => !this.#device.own.hides(room, seq));
  }

  /** The lines as they were handed out, where none has changed: what shows them has nothing to do then. */
  #sameLines(room: Room, lines: readonly Message[]): readonly Message[] {
    const shown = this.#shown.get(room);
    if (shown?.length === lines.length && shown.every((line, at) => line === lines[at])) return shown;
    this.#shown.set(room, lines);
    return lines;
  }

  #lines(room: Room): readonly Message[] {
    const { timelines, outbox, own, quotes, relations } = this.#device;
    const { room: id } = room.record;
    const timeline = timelines.get(id);
    if (timeline === undefined) return [];
    const receipts = new ReceiptsView(room.record, room.receiptCounts);
    const { facts = NO_FACTS } = room.record;
    const now = this.#nowIn(room);
    const pending = outbox.pending(id);
    const reacting = this.#reactions.in(pending);
    const quoted = (seq: Seq) => quotes.of(room, seq, timeline, now);
    const blocks = (user: UserId) => relations.isBlocked(user);
    const around = { receipts, now, quoted, blocks, folds: folds(room.record) };
    const lines = timeline.events
      .filter((event) => isLine(event) && !own.hides(id, event.seq))
      .map((event) => this.#messages.ofEvent(this.#reactions.on(event, reacting.get(event.seq)), around));
    if (!timeline.atEnd) return lines;
    const entries = [...pending, ...outbox.failed(id)].sort((a, b) => a.item.order - b.item.order);
    return [...lines, ...this.#onTheWay(entries, facts, quoted)];
  }

  /** The messages among commands on their way, with the timer that will hold when they get there. */
  #onTheWay(entries: readonly OutboxEntry[], known: RoomFacts, quoted: (seq: Seq) => Quote): Message[] {
    let facts = known;
    return entries.flatMap((entry) => {
      const { command, failed } = entry.item;
      if (command.kind === 'set-timer' && failed === undefined) facts = withTimer(facts, command.seconds);
      return this.#messages.ofEntry(entry, facts, quoted) ?? [];
    });
  }

  #failed(room: RoomId): readonly FailedCommand[] {
    return this.#device.outbox.failed(room).flatMap(({ item: { command, failed } }) => {
      if (failed === undefined || command.kind === 'send') return [];
      return [{ clientMessageId: command.clientMessageId, command, error: failed }];
    });
  }

  /** Rooms that this device is making and that the server has not told of yet. */
  #roomsBeingMade(): RoomSummary[] {
    const { outbox, rooms } = this.#device;
    return [...outbox.rooms()].flatMap((id) => {
      const room = rooms.get(id) === undefined ? this.#provisional(id) : undefined;
      return room ?? [];
    });
  }

  #provisional(id: RoomId): RoomSnapshot | undefined {
    const { version } = this.#device.rooms;
    const known = this.#beingMade.get(id);
    if (known?.version === version) return known.snapshot;
    const snapshot = this.#asBeingMade(id);
    if (snapshot === undefined) this.#beingMade.delete(id);
    else this.#beingMade.set(id, { version, snapshot });
    return snapshot;
  }

  #asBeingMade(id: RoomId): RoomSnapshot | undefined {
    const { outbox, me, timelines } = this.#device;
    const entries = [...outbox.pending(id), ...outbox.failed(id)].sort((a, b) => a.item.order - b.item.order);
    const makes = ({ item }: OutboxEntry) => item.command.kind === 'create';
    // Asked for anew, it is no longer refused.
    const first = outbox.pending(id).find(makes) ?? outbox.failed(id).findLast(makes);
    if (first === undefined) return undefined;
    const { failed } = first.item;
    const create = first.item.command as Create;
    const direct = create.roomKind === 'direct';
    const made = roomMadeBy(create, me.user);
    const { facts, memberCount } = made;
    const own = this.#onItsWay(id);
    return {
      ...made,
      room: id,
      peer: direct ? create.user : undefined,
      membership: 'creating',
      ...this.#related(id),
      ...(failed && { refused: failed }),
      unavailable: failed?.code === 'recipient-unavailable' && direct,
      unreadCount: 0,
      mentionCount: 0,
      markedUnread: false,
      latest: undefined,
      onTheWay: own,
      at: own?.at ?? first.item.createdAt,
      ...this.#kept(id, 0),
      creator: me.user,
      stars: this.#device.own.stars(id),
      ...this.#standing({ roomKind: create.roomKind, facts, creator: me.user, memberCount }, true),
      pins: [],
      read: 0,
      unreadMentions: NO_MENTIONS,
      messages: this.#onTheWay(entries, NO_FACTS, awaited),
      opened: timelines.has(id),
      atStart: true,
      atEnd: true,
      failed: this.#failed(id),
      typing: [],
      presence: undefined,
      members: undefined,
    };
  }
}

/** In a room that is being made nothing is there to be answered. */
const awaited = (seq: Seq): Quote => ({ kind: 'awaited', seq });

function deadLetter({ item: { command, createdAt, failed } }: OutboxEntry): DeadLetter[] {
  if (failed === undefined) return [];
  const { room, clientMessageId } = command;
  return [{ room, clientMessageId, command, error: failed, createdAt }];
}

/**
 * The members of whom presence says who they are. Of a direct room one is known without asking; in a channel all of them
 * are a number, in which those are counted already who are known from elsewhere.
 */
function namedIn(
  { record: { roomKind, peer } }: Room,
  members: { has(user: UserId): boolean } | undefined,
): { has(user: UserId): boolean } | undefined {
  if (roomKind === 'channel') return undefined;
  return members ?? (peer === undefined ? undefined : { has: (user) => user === peer });
}

/** Who is in a room, but for those whom the user blocks. */
function withoutBlocked(presence: RoomPresence | undefined, relations: Relations): RoomPresence | undefined {
  if (presence?.users.some(({ user }) => relations.isBlocked(user)) !== true) return presence;
  const users = presence.users.filter(({ user }) => !relations.isBlocked(user));
  const gone = presence.users.filter(({ user, state }) => state !== 'offline' && relations.isBlocked(user));
  return { ...presence, users, present: presence.present - gone.length };
}

/** Whether the other of a direct room has gone, by its events: nothing that is sent there gets anywhere. */
function isDeserted({ roomKind, memberCount }: RoomRecord): boolean {
  return roomKind === 'direct' && memberCount < 2;
}
