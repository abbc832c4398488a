import { type CommandFrame, NO_FACTS, type RoomId, type UserId } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import type { Relations } from '../relation/relations.ts';
import type { Room } from '../room/rooms.ts';
import { countUnread } from '../room/unread-base.ts';
import { type ContactLists, contactLists } from './contact-lists.ts';
import { isLine, MessageViews } from './message-view.ts';
import type { RoomPresence } from './presence-book.ts';
import { ReceiptsView } from './receipts-view.ts';
import { type RoomLists, roomLists } from './room-lists.ts';
import type { DeadLetter, FailedCommand, Message, RoomSnapshot, RoomSummary } from './view.ts';

type Create = Extract<CommandFrame, { kind: 'create' }>;

/** Makes what a UI shows, when it asks, and the same object again as long as nothing in it changed. */
export class Snapshots {
  readonly #device: Device;
  readonly #messages: MessageViews;
  readonly #summaries = new WeakMap<Room, { version: number; summary: RoomSummary }>();
  readonly #snapshots = new WeakMap<Room, { version: number; snapshot: RoomSnapshot }>();
  #contacts:
    | { readonly all: readonly RoomSummary[]; readonly people: number; readonly lists: ContactLists }
    | undefined;
  #dead: { readonly version: number; readonly letters: readonly DeadLetter[] } | undefined;
  #lists: (RoomLists & { readonly version: number }) | undefined;

  constructor(device: Device, codec: ContentCodec) {
    this.#device = device;
    this.#messages = new MessageViews(device.me.user, codec);
  }

  /** All rooms, the one with the newest message first, sorted out by what people are to each other. */
  lists(): RoomLists {
    const { version } = this.#device.rooms;
    if (this.#lists?.version === version) return this.#lists;
    const known = [...this.#device.rooms].map((room) => this.#summary(room));
    const all = [...known, ...this.#beingMade()].sort((a, b) => b.at - a.at || (a.room < b.room ? -1 : 1));
    this.#lists = {
      version,
      ...roomLists(all, (room) => this.#device.rooms.get(room)?.record.wrote === true),
    };
    return this.#lists;
  }

  /** Whom the user has to do with. */
  contacts(): ContactLists {
    const { members } = this.#device;
    const { all } = this.lists();
    if (this.#contacts?.all !== all || this.#contacts.people !== members.people) {
      const lists = contactLists(all, (user) => members.person(user));
      this.#contacts = { all, people: members.people, lists };
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
    const known = this.#snapshots.get(room);
    if (known?.version === room.version) return known.snapshot;
    const snapshot = this.#snapshot(room);
    this.#snapshots.set(room, { version: room.version, snapshot });
    return snapshot;
  }

  #summary(room: Room): RoomSummary {
    const known = this.#summaries.get(room);
    if (known?.version === room.version) return known.summary;
    const { record } = room;
    const summary: RoomSummary = {
      room: record.room,
      roomKind: record.roomKind,
      name: record.name,
      peer: record.peer,
      membership: record.membership,
      memberCount: record.memberCount,
      relation: this.#device.relations.of(record.room),
      unavailable: record.unavailable !== undefined,
      unreadCount: record.membership === 'member' ? countUnread(record.unread, record.head.ordinal) : 0,
      markedUnread: record.marks.unread,
      latest: record.latest,
      at: record.latest?.at ?? record.head.at,
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
    return {
      ...this.#summary(room),
      creator: record.creator,
      history: record.history,
      facts: record.facts ?? NO_FACTS,
      read: record.marks.read,
      messages: this.#lines(room),
      opened: timeline !== undefined,
      atStart: timeline?.atStart ?? false,
      atEnd: timeline?.atEnd ?? true,
      failed: this.#failed(id),
      typing: typing.in(id).filter((user) => !relations.isBlocked(user)),
      presence: withoutBlocked(presence.in(id, known ?? peerOf(room)), relations),
      members: known,
    };
  }

  #lines(room: Room): readonly Message[] {
    const { timelines, outbox, relations } = this.#device;
    const { room: id, roomKind } = room.record;
    const timeline = timelines.get(id);
    if (timeline === undefined) return [];
    const receipts = new ReceiptsView(room.record, room.receiptCounts);
    const folds = roomKind === 'group';
    const lines = timeline.events
      .filter(isLine)
      .map((event) => this.#messages.ofEvent(event, receipts, relations.isBlocked(event.sender), folds));
    if (!timeline.atEnd) return lines;
    const entries = [...outbox.pending(id), ...outbox.failed(id)].sort((a, b) => a.item.order - b.item.order);
    for (const entry of entries) {
      const line = this.#messages.ofEntry(entry);
      if (line !== undefined) lines.push(line);
    }
    return lines;
  }

  #failed(room: RoomId): readonly FailedCommand[] {
    return this.#device.outbox.failed(room).flatMap(({ item: { command, failed } }) => {
      if (failed === undefined || command.kind === 'send') return [];
      return [{ clientMessageId: command.clientMessageId, command, error: failed }];
    });
  }

  /** Rooms that this device is making and that the server has not told of yet. */
  #beingMade(): RoomSummary[] {
    const { outbox, rooms } = this.#device;
    return [...outbox.rooms()].flatMap((id) => {
      const room = rooms.get(id) === undefined ? this.#provisional(id) : undefined;
      return room ?? [];
    });
  }

  #provisional(id: RoomId): RoomSnapshot | undefined {
    const { outbox, me, timelines } = this.#device;
    const entries = [...outbox.pending(id), ...outbox.failed(id)].sort((a, b) => a.item.order - b.item.order);
    const first = entries.find(({ item }) => item.command.kind === 'create');
    if (first === undefined) return undefined;
    const create = first.item.command as Create;
    const direct = create.roomKind === 'direct';
    return {
      room: id,
      roomKind: create.roomKind,
      name: direct ? undefined : create.name,
      peer: direct ? create.user : undefined,
      membership: 'creating',
      memberCount: direct ? 2 : create.users.length + 1,
      relation: this.#device.relations.of(id),
      unavailable: first.item.failed?.code === 'recipient-unavailable' && direct,
      unreadCount: 0,
      markedUnread: false,
      latest: undefined,
      at: first.item.createdAt,
      creator: me.user,
      history: direct ? 'all' : create.history,
      facts: NO_FACTS,
      read: 0,
      messages: entries.flatMap((entry) => this.#messages.ofEntry(entry) ?? []),
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

function deadLetter({ item: { command, createdAt, failed } }: OutboxEntry): DeadLetter[] {
  if (failed === undefined) return [];
  const { room, clientMessageId } = command;
  return [{ room, clientMessageId, command, error: failed, createdAt }];
}

/** Of a direct room one member is known without asking. */
function peerOf({ record: { peer } }: Room): { has(user: UserId): boolean } | undefined {
  return peer === undefined ? undefined : { has: (user) => user === peer };
}

/** Who is in a room, but for those whom the user blocks. */
function withoutBlocked(presence: RoomPresence | undefined, relations: Relations): RoomPresence | undefined {
  if (presence?.users.some(({ user }) => relations.isBlocked(user)) !== true) return presence;
  const users = presence.users.filter(({ user }) => !relations.isBlocked(user));
  const gone = presence.users.filter(({ user, state }) => state !== 'offline' && relations.isBlocked(user));
  return { ...presence, users, present: presence.present - gone.length };
}
