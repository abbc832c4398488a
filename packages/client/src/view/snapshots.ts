import { type CommandFrame, NO_FACTS, type RoomId, type UserId } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { Room } from '../room/rooms.ts';
import { countUnread } from '../room/unread-base.ts';
import { NO_MENTIONS, type UnreadMentions } from '../room/unread-mentions.ts';
import { isLine, MessageViews } from './message-view.ts';
import { ReceiptsView } from './receipts-view.ts';
import type { FailedCommand, Message, RoomSnapshot, RoomSummary } from './view.ts';

type Create = Extract<CommandFrame, { kind: 'create' }>;

/** Makes what a UI shows, when it asks, and the same object again as long as nothing in it changed. */
export class Snapshots {
  readonly #device: Device;
  readonly #messages: MessageViews;
  readonly #summaries = new WeakMap<Room, { version: number; summary: RoomSummary }>();
  readonly #snapshots = new WeakMap<Room, { version: number; snapshot: RoomSnapshot }>();
  #list: { version: number; rooms: readonly RoomSummary[] } | undefined;

  constructor(device: Device, codec: ContentCodec) {
    this.#device = device;
    this.#messages = new MessageViews(device.me.user, codec);
  }

  /** All rooms, the one with the newest message first. */
  list(): readonly RoomSummary[] {
    const { rooms } = this.#device;
    if (this.#list?.version === rooms.version) return this.#list.rooms;
    const known = [...rooms].map((room) => this.#summary(room));
    const list = [...known, ...this.#beingMade()].sort((a, b) => b.at - a.at || (a.room < b.room ? -1 : 1));
    this.#list = { version: rooms.version, rooms: list };
    return list;
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
      unreadCount: record.membership === 'member' ? countUnread(record.unread, record.head.ordinal) : 0,
      mentionCount: mentionsOf(record).length,
      markedUnread: record.marks.unread,
      latest: record.latest,
      at: record.latest?.at ?? record.head.at,
    };
    this.#summaries.set(room, { version: room.version, summary });
    return summary;
  }

  #snapshot(room: Room): RoomSnapshot {
    const { timelines, members, presence, typing } = this.#device;
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
      unreadMentions: mentionsOf(record),
      messages: this.#lines(room),
      opened: timeline !== undefined,
      atStart: timeline?.atStart ?? false,
      atEnd: timeline?.atEnd ?? true,
      failed: this.#failed(id),
      typing: typing.in(id),
      presence: presence.in(id, known ?? peerOf(room)),
      members: known,
    };
  }

  #lines(room: Room): readonly Message[] {
    const { timelines, outbox } = this.#device;
    const { room: id } = room.record;
    const timeline = timelines.get(id);
    if (timeline === undefined) return [];
    const receipts = new ReceiptsView(room.record, room.receiptCounts);
    const lines = timeline.events.filter(isLine).map((event) => this.#messages.ofEvent(event, receipts));
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
      unreadCount: 0,
      mentionCount: 0,
      markedUnread: false,
      latest: undefined,
      at: first.item.createdAt,
      creator: me.user,
      history: direct ? 'all' : create.history,
      facts: NO_FACTS,
      read: 0,
      unreadMentions: NO_MENTIONS,
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

function mentionsOf({ membership, mentions = NO_MENTIONS }: RoomRecord): UnreadMentions {
  return membership === 'member' ? mentions : NO_MENTIONS;
}

/** Of a direct room one member is known without asking. */
function peerOf({ record: { peer } }: Room): { has(user: UserId): boolean } | undefined {
  return peer === undefined ? undefined : { has: (user) => user === peer };
}
