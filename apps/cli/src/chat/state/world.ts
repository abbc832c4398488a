import type {
  ConnectionStatus,
  ContactLists,
  DeadLetter,
  Message,
  RoomSnapshot,
  RoomSummary,
  Scheduled,
} from '@maru/client';
import {
  countText,
  type Entity,
  type Folder,
  limits,
  type PresenceState,
  type QuickReply,
  type RoomId,
  type UserId,
} from '@maru/protocol';
import { shownInline } from '../text/shown-text.ts';
import type { Language } from '../texts/language.ts';
import type { Texts } from '../texts/texts.ts';

export interface Person {
  readonly user: UserId;
  readonly handle: string | undefined;
  readonly name: string | undefined;
  /** What they say of themselves in a line; empty, or not known, is nothing. */
  readonly status: string | undefined;
}

/** What the SDK knows at a moment, as the views and the keys need it. */
export interface World {
  readonly me: UserId;
  readonly handle: string;
  readonly connection: ConnectionStatus;
  /** Those that are listed, in the SDK's order; behind them the requests. */
  readonly rooms: readonly RoomSummary[];
  /** How many of the last of them are requests. */
  readonly requests: number;
  /** Groups that the user left and whose past the device keeps: listed only while they are open. */
  readonly former: readonly RoomSummary[];
  readonly contacts: ContactLists;
  /** What was refused for good. */
  readonly deadLetters: readonly DeadLetter[];
  /** The one on the screen. */
  readonly room: RoomSnapshot | undefined;
  /** What is to be sent to it later, the earliest first. */
  readonly scheduled: readonly Scheduled[];
  /** Any of them. */
  readonly snapshot: (room: RoomId) => RoomSnapshot | undefined;
  /** Whether the user blocks somebody. */
  readonly isBlocked: (user: UserId) => boolean;
  readonly person: (user: UserId) => Person | undefined;
  /** Everybody whose handle is known. */
  readonly people: () => readonly Person[];
  /** Rises when somebody's name became known. */
  readonly names: number;
  /** Whether marks like `**bold**` in what is written mean something. */
  readonly markup: boolean;
  /** Whether names are on their way. */
  readonly asking: boolean;
  readonly quickReplies: readonly QuickReply[];
  readonly folders: readonly Folder[];
  readonly now: number;
  readonly language: Language;
  readonly texts: Texts;
}

/** What somebody is called. Who deleted their account has no name any more. */
export function nameOf({ person, texts }: Pick<World, 'person' | 'texts'>, user: UserId): string {
  const { name, handle } = person(user) ?? {};
  if (name !== undefined && name !== '') return shownInline(name);
  return handle === undefined ? texts.somebody : `@${handle}`;
}

/** What a room is called: a group by its name, if that ever came here; a direct room by the other person. */
export function roomTitle(world: Pick<World, 'person' | 'texts'>, room: RoomSummary): string {
  if (room.peer !== undefined) return nameOf(world, room.peer);
  return room.name === undefined ? world.texts.nameless : shownInline(room.name);
}

/** What somebody says of themselves; `''`: nothing. */
export function statusOf({ person }: Pick<World, 'person'>, user: UserId): string {
  return shownInline(person(user)?.status ?? '');
}

/** Whether the other person of a direct room is there; `undefined` where that is not known now. */
export function peerState({ connection, snapshot }: World, room: RoomSummary): PresenceState | undefined {
  if (connection.state !== 'online') return undefined;
  const presence = snapshot(room.room)?.presence;
  if (presence === undefined) return undefined;
  return presence.users.find(({ user }) => user === room.peer)?.state ?? 'offline';
}

/** Whether this account is in a room, or will be once the server knows of it. */
export function isIn({ membership }: Pick<RoomSummary, 'membership'>): boolean {
  return membership === 'member' || membership === 'creating';
}

/** Why nothing can be written to a room that the user is out of; `undefined`: they are in it. */
export function outText(room: RoomSummary, { texts }: Pick<World, 'texts'>): string | undefined {
  if (isIn(room)) return undefined;
  return room.membership === 'removed' ? texts.outRemoved : texts.outLeft;
}

/** The key of the newest of one's own messages here. */
export function lastOwn({ room, me }: World): string | undefined {
  return room?.messages.findLast(({ kind, sender }) => kind === 'message' && sender === me)?.key;
}

/** Whether a message is somebody else's and stands behind the read mark. */
export function isUnread({ kind, seq, sender }: Message, divider: number, me: UserId): boolean {
  return kind === 'message' && sender !== me && (seq ?? 0) > divider;
}

/** The text of a message, `undefined` for what has none. */
export function textOf({ content }: Pick<Message, 'content'>): string | undefined {
  if (content === undefined) return undefined;
  if (content.type === 'text' && 'text' in content) return String(content.text);
  return content.type === 'log-line' && 'line' in content ? String(content.line) : undefined;
}

/** What a message's text looks like. */
export function entitiesOf({ content }: Pick<Message, 'content'>): readonly Entity[] {
  const entities = content?.type === 'text' && 'entities' in content ? content.entities : undefined;
  return Array.isArray(entities) ? entities : NO_ENTITIES;
}

const NO_ENTITIES: readonly Entity[] = [];

/** How many code points a message has that came as a preview. */
export function wholeLength({ content }: Pick<Message, 'content'>): number | undefined {
  if (content === undefined || !('long' in content)) return undefined;
  return content.long?.codePoints ?? content.long?.bytes;
}

/** How many unread messages name the user, as it is written. */
export function mentionText(count: number): string {
  return countText(count, limits.UNREAD_MENTIONS_MAX - 1);
}
