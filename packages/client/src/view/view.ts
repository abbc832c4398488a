/** What a UI shows: immutable, the same objects as before where nothing changed. */
import type {
  AnyContent,
  Change,
  ClientMessageId,
  CommandFrame,
  Draft,
  ErrorBody,
  Event,
  Forwarded,
  HistorySetting,
  Mute,
  Power,
  ReactionCount,
  Role,
  RoomEntry,
  RoomFacts,
  RoomId,
  RoomKind,
  Seq,
  UserId,
} from '@maru/protocol';
import type { Waiting } from '../outbox/outbox-queue.ts';
import type { Relation } from '../relation/relations.ts';
import type { Member } from './members.ts';
import type { RoomPresence } from './presence-book.ts';
import type { Quote } from './quote.ts';

/** How far a message is. Others' messages are `received`. */
export type MessageState = 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'received';

/** One line of a conversation: a message, or something that happened to the room. */
export interface Message {
  /** Stays the same from pending to read. */
  readonly key: string;
  readonly kind: string;
  /** Absent until the server has given it. */
  readonly seq: Seq | undefined;
  readonly clientMessageId: ClientMessageId | undefined;
  readonly sender: UserId;
  /** Milliseconds since the epoch: the room's time, or, of what isn't sent yet, the device's. */
  readonly at: number;
  /** Absent where the message was deleted or has expired, and on what happened to the room. */
  readonly content: AnyContent | undefined;
  readonly deleted: boolean;
  /** Its time is over. */
  readonly expired: boolean;
  /** Seconds that it stays; absent: for ever. */
  readonly expiresAfter: number | undefined;
  readonly edited: boolean;
  /** Where it came from, by its sender's word: it is never a message of whom that names. */
  readonly forwarded: Forwarded | undefined;
  /** What it answers; of what happened to the room, the message that was pinned or taken down. */
  readonly quote: Quote | undefined;
  /** What people put on it, the most first; the user's own at once, before the server has them. */
  readonly reactions: readonly ReactionCount[];
  readonly mentionsMe: boolean;
  /** Written in a group by somebody whom the user blocks: to be shown when it is asked for. */
  readonly folded: boolean;
  readonly change: Change | undefined;
  readonly state: MessageState;
  /** Pending: why it is not sent yet, where the server has said until when. What is behind it waits with it. */
  readonly waiting: Waiting | undefined;
  /** Why it failed. */
  readonly error: ErrorBody | undefined;
  /** Own messages: by how many others it was stored and read. */
  readonly receipts: { readonly delivered: number; readonly read: number } | undefined;
  /** In a group of up to 50: how many of its members have not read it, its sender aside. */
  readonly unreadBy: number | undefined;
}

/** A message of the user's own that is no event yet. */
export interface OnTheWay {
  readonly content: AnyContent;
  /** `sent`: the server has it, and its event is not here yet. */
  readonly state: Extract<MessageState, 'pending' | 'sent'>;
  /** When it was written: milliseconds since the epoch, about as the server has it. */
  readonly at: number;
}

/** A command other than a message that the server refused for good. */
export interface FailedCommand {
  readonly clientMessageId: ClientMessageId;
  readonly command: CommandFrame;
  readonly error: ErrorBody;
}

/** A command of whatever room that the server refused for good: to be given again, or dropped. */
export interface DeadLetter extends FailedCommand {
  readonly room: RoomId;
  /** When it was given, by the device's clock. */
  readonly createdAt: number;
}

/** A room in a list. */
export interface RoomSummary {
  readonly room: RoomId;
  readonly roomKind: RoomKind;
  readonly name: string | undefined;
  /** The other person of a direct room. */
  readonly peer: UserId | undefined;
  readonly membership: RoomEntry['membership'] | 'creating';
  readonly memberCount: number;
  /** What the user and the other of a direct room are to each other. */
  readonly relation: Relation | undefined;
  /** The server said that nobody is at the other end, by a refusal (`[REL15]`) or by the room's events: until it says otherwise. */
  readonly unavailable: boolean;
  /** Why the server made no such room: it stays as long as what failed in it is neither given again nor dropped. */
  readonly refused?: ErrorBody;
  /**
   * Whether what its messages name (pictures, previews of links) and the picture of its person may be fetched unasked.
   * `false` for strangers (`[REL4]`): the user asks for each.
   */
  readonly loadsRemote: boolean;
  /** At most 1,000, which stands for "999+". */
  readonly unreadCount: number;
  /** Unread messages that name the user: at most 100, which stands for "99+". */
  readonly mentionCount: number;
  /** Whether the user marked it as unread. */
  readonly markedUnread: boolean;
  readonly latest: Event | undefined;
  /** The user's own last message that waits to become an event, behind `latest`: it moves the room up at once. */
  readonly onTheWay: OnTheWay | undefined;
  /** What the user's own last message says that the server refused for good, until it is given again or dropped. */
  readonly notSent?: AnyContent;
  /** As long as the user has it muted. */
  readonly muted: Mute | undefined;
  /** Put away by the user, until a message comes. */
  readonly archived: boolean;
  readonly pinned: boolean;
  /** What stands in its input, unsent, on whichever device it was written. */
  readonly draft: Draft | undefined;
  /** When it last changed, by the room's time; what is on its way counts. */
  readonly at: number;
}

/** One room, opened or not. */
export interface RoomSnapshot extends RoomSummary {
  readonly creator: UserId | undefined;
  readonly history: HistorySetting | undefined;
  /** What else holds: what the group is for, its roles and rights. */
  readonly facts: RoomFacts;
  /** Messages that the user has starred, rising. */
  readonly stars: readonly Seq[];
  /** What the user is in it, and what that lets them do now. */
  readonly role: Role;
  readonly can: Readonly<Record<Power, boolean>>;
  /** Of an opened room, the pinned messages that the user may see, the newest first; the user's own at once. */
  readonly pins: readonly Quote[];
  /** The user's own read mark. */
  readonly read: number;
  /** Unread messages that name the user, rising, whether they are loaded or not: the first 100. */
  readonly unreadMentions: readonly number[];
  /** Present after `open`: the loaded part of the conversation, rising, with what is on its way at the end. */
  readonly messages: readonly Message[];
  readonly opened: boolean;
  /** Whether the loaded part begins where the history does, and ends where the room does. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly failed: readonly FailedCommand[];
  readonly typing: readonly UserId[];
  readonly presence: RoomPresence | undefined;
  /** Present after `loadMembers`. */
  readonly members: ReadonlyMap<UserId, Member> | undefined;
}
