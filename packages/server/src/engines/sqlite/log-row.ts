/** How the log's entries lie in `log.db`: one row each, ids as 16 bytes, what is rare as JSON in `extra`. */
import {
  type Change,
  type ClientMessageId,
  clientMessageIdFromBytes,
  type DeviceId,
  type ErrorCode,
  type EventKind,
  idFromBytes,
  type LinkSecret,
  type RoomId,
  type Seq,
  type SettingName,
  type UserId,
} from '@maru/protocol';
import type { EncodedContent, MemberChange, ReaderChange, RoomEvent } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import type { EventEntry, LogEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';

/** A kind's number in the table is its place here, from 1 to 31. New ones are added at the end. */
const EVENT_KINDS = [
  'message',
  'edit',
  'deletion',
  'created',
  'joined',
  'left',
  'removed',
  'renamed',
  'history-set',
  'described',
  'timer-set',
  'expired',
  'related',
  'role-set',
  'rights-set',
  'slow-mode-set',
  'link-made',
  'link-revoked',
  'join-requested',
  'join-refused',
  'reaction',
  'pinned',
] as const satisfies readonly EventKind[];
/** Where an {@link EventKind} is none of these, it has no number yet: it is to be added above. */
type NumberedKind = (typeof EVENT_KINDS)[number];
const KIND_NUMBERS = Object.fromEntries(EVENT_KINDS.map((kind, index) => [kind, index + 1])) as Readonly<
  Record<NumberedKind, number>
>;

export const MESSAGE_KIND = 1;
export const REFUSAL_KIND = 32;
export const MARKS_KIND = 33;
export const SETTING_KIND = 34;
/** Of a channel: somebody comes in, goes, is removed. */
export const READER_KINDS = { joined: 35, left: 36, removed: 37 } as const;
const READER_KIND_MIN = READER_KINDS.joined;
const READER_KIND_MAX = READER_KINDS.removed;
/** Added to the kind of an event that counts as unread. */
export const COUNTS_FLAG = 64;
/** Added to the kind of a message that changes the room's state: the projections fold it like any other event that does. */
export const CHANGES_FLAG = 128;

/** Stands where an entry is about no room. */
const NO_ROOM = idFromBytes<RoomId>('room', new Uint8Array(16));

/**
 * A row on its way to the log's thread: position, kind, room, seq, at, sender, device, command, ordinal, refersTo, extra,
 * content. A user's marks use the numbers for theirs: seq is `read`, at the flag, refersTo `readOwn`. The seq of a
 * channel's reader is that of the newest event.
 */
export type LogRow = readonly [
  position: number,
  kind: number,
  room: RoomId,
  seq: number,
  at: number,
  sender: UserId | null,
  device: DeviceId | null,
  command: ClientMessageId | null,
  ordinal: number,
  refersTo: number | null,
  extra: string | null,
  content: string | null,
];

/** What few entries have. */
export interface RowExtra {
  readonly replyTo?: Seq;
  readonly mentions?: readonly UserId[];
  readonly mentionsAll?: true;
  readonly expiresAfter?: number;
  readonly expiresAt?: number;
  readonly sentAt?: number;
  readonly change?: Change;
  /** Of a room's creation, and of the event with which newer rules begin. */
  readonly rulesVersion?: number;
  readonly members?: readonly MemberChange[];
  /** Of a deletion, or of what says that messages expired: the positions of all that it erases, of a deletion first what it deletes. */
  readonly secret?: LinkSecret;
  readonly erased?: readonly number[];
  /** Of a refusal. */
  readonly code?: ErrorCode;
  /** Of a channel's reader, where somebody else acts on them. */
  readonly user?: UserId;
  /** Of a user's setting: its name. The value is the content. */
  readonly setting?: SettingName;
}

/** A row as it is read. */
export interface StoredRow {
  readonly position: number;
  readonly kind: number;
  readonly room: Uint8Array;
  readonly seq: number;
  readonly at: number;
  readonly sender: Uint8Array | null;
  readonly device: Uint8Array | null;
  readonly command: Uint8Array | null;
  readonly ordinal: number;
  readonly refers_to: number | null;
  readonly extra: string | null;
  readonly content: string | null;
  readonly body?: string | null;
}

/** @param erased where the contents lie that it erases */
export function toLogRow(entry: LogEntry, erased?: readonly number[]): LogRow {
  const { position } = entry;
  switch (entry.type) {
    case 'event': {
      const { event, room } = entry;
      return [
        position,
        kindNumber(event),
        room,
        event.seq,
        event.at,
        event.sender,
        event.device ?? null,
        event.clientMessageId ?? null,
        event.ordinal,
        event.refersTo ?? null,
        eventExtra(entry, erased),
        event.content ?? null,
      ];
    }
    case 'refusal': {
      const { room } = entry;
      const { device, clientMessageId, code, at } = entry.refusal;
      const extra = JSON.stringify({ code } satisfies RowExtra);
      return [position, REFUSAL_KIND, room, 0, at, null, device, clientMessageId, 0, null, extra, null];
    }
    case 'reader': {
      const { room, reader } = entry;
      const { user, how, sender, device, clientMessageId, seq, at, ordinal } = reader;
      const members = [readerMemberChange(reader)];
      const extra = JSON.stringify({ members, ...(user !== sender && { user }) } satisfies RowExtra);
      const command = clientMessageId ?? null;
      const kind = READER_KINDS[how];
      return [position, kind, room, seq, at, sender, device ?? null, command, ordinal, null, extra, null];
    }
    case 'marks': {
      const { read, readOrdinal, readOwn, unread } = entry.marks;
      const flag = unread ? 1 : 0;
      return [
        position,
        MARKS_KIND,
        entry.room,
        read,
        flag,
        entry.user,
        null,
        null,
        readOrdinal,
        readOwn,
        null,
        null,
      ];
    }
    case 'setting': {
      const { user, name, value } = entry;
      const extra = JSON.stringify({ setting: name } satisfies RowExtra);
      return [position, SETTING_KIND, NO_ROOM, 0, 0, user, null, null, 0, null, extra, value];
    }
  }
}

function kindNumber({ kind, counts, change }: RoomEvent): number {
  const changes = kind === 'message' && change !== undefined;
  return KIND_NUMBERS[kind] | (counts ? COUNTS_FLAG : 0) | (changes ? CHANGES_FLAG : 0);
}

function eventExtra({ event, members }: EventEntry, erased: readonly number[] | undefined): string | null {
  const { replyTo, mentions, mentionsAll, expiresAfter, expiresAt, sentAt, change, rulesVersion, secret } =
    event;
  if (
    replyTo === undefined &&
    mentions === undefined &&
    mentionsAll === undefined &&
    expiresAfter === undefined &&
    expiresAt === undefined &&
    sentAt === undefined &&
    change === undefined &&
    rulesVersion === undefined &&
    members === undefined &&
    erased === undefined
  ) {
    return null;
  }
  return JSON.stringify({
    ...{ replyTo, mentions, mentionsAll, expiresAfter, expiresAt, sentAt, change, rulesVersion },
    ...{ members, erased, secret },
  });
}

/** @throws where a later version has written what this one does not know */
export function toLogEntry(row: StoredRow): LogEntry {
  const position = row.position as Position;
  const room = idFromBytes<RoomId>('room', row.room);
  if (row.kind === MARKS_KIND) {
    const marks = {
      read: row.seq,
      readOrdinal: row.ordinal,
      readOwn: row.refers_to ?? 0,
      unread: row.at === 1,
    };
    return { type: 'marks', position, room, user: senderOf(row), marks };
  }
  const extra = parseExtra(row.extra);
  if (row.kind === SETTING_KIND) {
    if (extra.setting === undefined) throw unreadable(row);
    return { type: 'setting', position, user: senderOf(row), name: extra.setting, value: row.content };
  }
  if (isReaderKind(row.kind)) return { type: 'reader', position, room, reader: toReader(row, extra) };
  if (row.kind === REFUSAL_KIND) {
    const { device, command } = row;
    if (device === null || command === null || extra.code === undefined) throw unreadable(row);
    const refusal = {
      device: idFromBytes<DeviceId>('device', device),
      clientMessageId: clientMessageIdFromBytes(command),
      code: extra.code,
      at: row.at,
    };
    return { type: 'refusal', position, room, refusal };
  }
  return {
    type: 'event',
    position,
    room,
    event: toEvent(row, extra),
    ...(row.body != null && { body: row.body }),
    ...(extra.members !== undefined && { members: extra.members }),
  };
}

/** Whether an entry is about a channel's reader. */
function isReaderKind(kind: number): boolean {
  return kind >= READER_KIND_MIN && kind <= READER_KIND_MAX;
}

function toReader(row: StoredRow, { user }: RowExtra): ReaderChange {
  const sender = senderOf(row);
  const how =
    row.kind === READER_KINDS.joined ? 'joined' : row.kind === READER_KINDS.left ? 'left' : 'removed';
  return {
    ...{ user: user ?? sender, how, sender, seq: row.seq as Seq, ordinal: row.ordinal, at: row.at },
    ...(row.device !== null && { device: idFromBytes<DeviceId>('device', row.device) }),
    ...(row.command !== null && { clientMessageId: clientMessageIdFromBytes(row.command) }),
  };
}

/** The event of a row that holds one. */
export function toEvent(row: StoredRow, extra: RowExtra = parseExtra(row.extra)): RoomEvent {
  const kind = EVENT_KINDS[(row.kind & ~(COUNTS_FLAG | CHANGES_FLAG)) - 1];
  if (kind === undefined) throw unreadable(row);
  const event: { -readonly [K in keyof RoomEvent]: RoomEvent[K] } = {
    seq: row.seq as Seq,
    at: row.at,
    kind,
    sender: senderOf(row),
    counts: (row.kind & COUNTS_FLAG) !== 0,
    ordinal: row.ordinal,
  };
  if (row.device !== null) event.device = idFromBytes<DeviceId>('device', row.device);
  if (row.command !== null) event.clientMessageId = clientMessageIdFromBytes(row.command);
  if (row.refers_to !== null) event.refersTo = row.refers_to as Seq;
  if (row.extra !== null) {
    const { replyTo, mentions, mentionsAll, expiresAfter, expiresAt, sentAt, change, rulesVersion, secret } =
      extra;
    if (replyTo !== undefined) event.replyTo = replyTo;
    if (mentions !== undefined) event.mentions = mentions;
    if (mentionsAll !== undefined) event.mentionsAll = mentionsAll;
    if (expiresAfter !== undefined) event.expiresAfter = expiresAfter;
    if (expiresAt !== undefined) event.expiresAt = expiresAt;
    if (sentAt !== undefined) event.sentAt = sentAt;
    if (change !== undefined) event.change = change;
    if (rulesVersion !== undefined) event.rulesVersion = rulesVersion;
    if (secret !== undefined) event.secret = secret;
  }
  if (row.content !== null) event.content = row.content as EncodedContent;
  return event;
}

export function parseExtra(extra: string | null): RowExtra {
  return extra === null ? {} : (JSON.parse(extra) as RowExtra);
}

function senderOf(row: StoredRow): UserId {
  if (row.sender === null) throw unreadable(row);
  return idFromBytes<UserId>('user', row.sender);
}

function unreadable(row: StoredRow): Error {
  return new Error(`the log's entry at position ${row.position} (kind ${row.kind}) can't be read`);
}
