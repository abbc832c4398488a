import type { Message, RoomSnapshot } from '@maru/client';
import {
  directRoomId,
  NO_FACTS,
  newRoomId,
  newUserId,
  powersOf,
  type RoomId,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { Person, World } from '../state/world.ts';
import type { Language } from '../texts/language.ts';
import { textsOf } from '../texts/texts.ts';

/** 25 November 2026, 09:14 where the tests run. */
export const NOW = new Date(2026, 10, 25, 9, 14).getTime();

export const mina: Person = { user: newUserId(), handle: 'mina', name: 'Mina', status: undefined };
export const jun: Person = { user: newUserId(), handle: 'jun', name: '준', status: '휴가 중' };
const everybody = [mina, jun];

/** A message of a fake room. */
export function message(seq: number, sender: UserId, text: string, more: Partial<Message> = {}): Message {
  return {
    key: `m${seq}`,
    kind: 'message',
    seq: seq as Seq,
    clientMessageId: undefined,
    sender,
    at: NOW,
    content: { type: 'text', text },
    deleted: false,
    expired: false,
    expiresAfter: undefined,
    edited: false,
    forwarded: undefined,
    quote: undefined,
    reactions: [],
    mentionsMe: false,
    folded: false,
    change: undefined,
    state: sender === mina.user ? 'sent' : 'received',
    waiting: undefined,
    error: undefined,
    receipts: undefined,
    unreadBy: undefined,
    ...more,
  };
}

const common: Omit<RoomSnapshot, 'room' | 'roomKind' | 'name' | 'peer'> = {
  membership: 'member',
  memberCount: 2,
  relation: undefined,
  unavailable: false,
  loadsRemote: true,
  unreadCount: 0,
  mentionCount: 0,
  markedUnread: false,
  muted: undefined,
  archived: false,
  pinned: false,
  draft: undefined,
  latest: undefined,
  onTheWay: undefined,
  at: NOW,
  creator: undefined,
  history: 'all',
  facts: NO_FACTS,
  stars: [],
  role: 'owner',
  can: powersOf({ roomKind: 'group', facts: NO_FACTS, creator: mina.user }, mina.user),
  pins: [],
  read: 0,
  unreadMentions: [],
  messages: [],
  opened: true,
  atStart: true,
  atEnd: true,
  failed: [],
  typing: [],
  presence: undefined,
  members: undefined,
};

/** Mina's room with Jun. */
export function directRoom(more: Partial<RoomSnapshot> = {}): RoomSnapshot {
  const room = directRoomId(mina.user, jun.user);
  return { ...common, room, roomKind: 'direct', name: undefined, peer: jun.user, ...more };
}

export function groupRoom(name: string, more: Partial<RoomSnapshot> = {}): RoomSnapshot {
  const members = new Map(everybody.map((person) => [person.user, person]));
  return { ...common, room: newRoomId(), roomKind: 'group', name, peer: undefined, members, ...more };
}

/** What Mina's device knows: these rooms, one of them open. */
export function fakeWorld(
  rooms: readonly RoomSnapshot[],
  open: RoomId | undefined = rooms[0]?.room,
  language: Language = 'en',
): World {
  const snapshot = (id: RoomId) => rooms.find(({ room }) => room === id);
  return {
    me: mina.user,
    handle: 'mina',
    connection: { state: 'online', transport: 'websocket' },
    rooms,
    requests: 0,
    former: [],
    contacts: { contacts: [], incoming: [], outgoing: [], blocked: [] },
    deadLetters: [],
    room: open === undefined ? undefined : snapshot(open),
    scheduled: [],
    snapshot,
    isBlocked: () => false,
    person: (user) => everybody.find((person) => person.user === user),
    people: () => everybody,
    names: 0,
    markup: true,
    asking: false,
    quickReplies: [],
    folders: [],
    now: NOW,
    language,
    texts: textsOf(language),
  };
}
