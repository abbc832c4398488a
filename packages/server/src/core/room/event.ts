import type {
  Change,
  ClientMessageId,
  DeviceId,
  ErrorCode,
  EventKind,
  LinkSecret,
  RoomId,
  Seq,
  UserId,
} from '@maru/protocol';

/** JSON text of a content. The core and the stores never look inside. */
export type EncodedContent = string & { readonly __brand: 'EncodedContent' };

/** An event as it is decided and stored: the protocol's `Event`, its content encoded, and what only the server keeps. */
export interface RoomEvent {
  readonly seq: Seq;
  readonly at: number;
  readonly kind: EventKind;
  readonly sender: UserId;
  readonly device?: DeviceId;
  readonly clientMessageId?: ClientMessageId;
  readonly counts: boolean;
  readonly ordinal: number;
  readonly refersTo?: Seq;
  readonly replyTo?: Seq;
  readonly mentions?: readonly UserId[];
  readonly mentionsAll?: true;
  readonly expiresAfter?: number;
  readonly expiresAt?: number;
  readonly sentAt?: number;
  readonly change?: Change;
  /** By which rules the room runs from here on: of its creation (absent: the first), and where newer ones begin. No device is told. */
  readonly rulesVersion?: number;
  /** Of a link's making, what it lets in by: for who may add, and in no event that a device is told. */
  readonly secret?: LinkSecret;
  /** A preview where the whole is long; absent after deletion. */
  readonly content?: EncodedContent;
}

/** A refusal that is kept, so that a retry gets the first answer. It has no `seq` and no device sees it. */
export interface RecordedRefusal {
  readonly device: DeviceId;
  readonly clientMessageId: ClientMessageId;
  readonly code: ErrorCode;
  readonly at: number;
}

/**
 * A reader comes into a channel or goes. It is no event of the room, so that who reads there is told nothing of it: it has
 * no number, and says of the newest event where it took place (docs/adr/0018-readers-of-channels.md).
 */
export interface ReaderChange {
  readonly user: UserId;
  readonly how: 'joined' | 'left' | 'removed';
  /** Whose command it was: the reader's own, or that of who removes them. */
  readonly sender: UserId;
  readonly device?: DeviceId;
  readonly clientMessageId?: ClientMessageId;
  /** The newest event's number and ordinal. */
  readonly seq: Seq;
  readonly ordinal: number;
  readonly at: number;
}

/** What the log says of a room: all that `evolve` may know. */
export type RoomFact =
  | { readonly type: 'event'; readonly room: RoomId; readonly event: RoomEvent }
  | { readonly type: 'refusal'; readonly room: RoomId; readonly refusal: RecordedRefusal }
  | { readonly type: 'reader'; readonly room: RoomId; readonly reader: ReaderChange };

/** A change of the truth about who is a member, written in the commit of the event that makes it. */
export type MemberChange =
  | { readonly type: 'opened'; readonly user: UserId; readonly joined: Seq; readonly visibleFrom: Seq }
  | { readonly type: 'closed'; readonly user: UserId; readonly left: Seq; readonly how: 'left' | 'removed' };
