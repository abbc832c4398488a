import type { DownFrame, Event, RoomEntry, UserId, Welcome } from '@maru/protocol';
import {
  type ClientMessageId,
  type Cursor,
  clientMessageIdFromBytes,
  cursor,
  type DeviceId,
  idFromBytes,
  limits,
  type RoomId,
  type Seq,
  type SessionId,
} from '@maru/protocol';

function bytesOf(n: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  bytes[14] = n >>> 8;
  bytes[15] = n & 255;
  return bytes;
}

export const ME: UserId = idFromBytes('user', bytesOf(1));
export const OTHER: UserId = idFromBytes('user', bytesOf(2));
export const THIRD: UserId = idFromBytes('user', bytesOf(3));
export const MY_DEVICE: DeviceId = idFromBytes('device', bytesOf(1));
export const OTHER_DEVICE: DeviceId = idFromBytes('device', bytesOf(2));
const SESSION: SessionId = idFromBytes('session', bytesOf(1));

export const SIGNED_IN = {
  user: ME,
  device: MY_DEVICE,
  token: 'a-token',
  gateway: { url: '', ticket: '', expiresAt: 0 },
} as const;

export function roomNumber(n: number): RoomId {
  return idFromBytes('room', bytesOf(n));
}
export const ROOM = roomNumber(1);

export function messageId(n: number): ClientMessageId {
  return clientMessageIdFromBytes(bytesOf(n));
}

export function at(n: number): Seq {
  return n as Seq;
}

export function cursorAt(n: number): Cursor {
  return cursor.parse(`c${n}`);
}

/** A message by somebody else; `ordinal` counts as if all before were messages. */
export function message(seq: number, more: Partial<Event> = {}): Event {
  return {
    seq: at(seq),
    at: 1_000 + seq,
    kind: 'message',
    sender: OTHER,
    device: OTHER_DEVICE,
    clientMessageId: messageId(seq),
    counts: true,
    ordinal: seq,
    content: { type: 'text', text: `message ${seq}` },
    ...more,
  };
}

export function messages(from: number, to: number): Event[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
}

/** A group that this user sees from its first event on, at the head that its events say. */
export function entry(events: Event[], more: Partial<RoomEntry> = {}): RoomEntry {
  const last = events.at(-1);
  return {
    room: ROOM,
    roomKind: 'group',
    name: 'Room',
    history: 'all',
    creator: OTHER,
    membership: 'member',
    memberCount: 2,
    visible: [[at(1), null]],
    head: { seq: last?.seq ?? at(1), ordinal: last?.ordinal ?? 0, at: last?.at ?? 0 },
    marks: { read: 0, unread: false, delivered: 0 },
    unreadCount: last?.ordinal ?? 0,
    events,
    ...more,
  };
}

export function welcome(more: Partial<Welcome> = {}): Welcome {
  return {
    kind: 'welcome',
    version: 1,
    capabilities: [],
    limits: {
      messageCharsMax: limits.MESSAGE_CHARS_MAX,
      groupMembersMax: 500,
      frameBytesMax: limits.FRAME_BYTES_MAX,
      sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
    },
    user: ME,
    device: MY_DEVICE,
    session: SESSION,
    now: 0,
    beatMs: limits.BEAT_MS,
    cursor: cursorAt(1),
    ...more,
  };
}

export function synced(
  id: number,
  rooms: RoomEntry[],
  more: Partial<Extract<DownFrame, { kind: 'synced' }>> = {},
): DownFrame {
  return { kind: 'synced', id, cursor: cursorAt(1), snapshot: false, rooms, more: false, ...more };
}

export function events(list: Event[], room = ROOM): DownFrame {
  return { kind: 'events', room, events: list };
}

export function page(
  id: number,
  list: Event[],
  head: number,
  more: Partial<Extract<DownFrame, { kind: 'page' }>> = {},
): DownFrame {
  return { kind: 'page', id, room: ROOM, events: list, visible: [[at(1), null]], head: at(head), ...more };
}
