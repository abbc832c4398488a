import type {
  ClientMessageId,
  DeviceId,
  ErrorBody,
  FirstAct,
  HiddenMessage,
  HistorySetting,
  LinkId,
  LinkSecret,
  RelationAct,
  Role,
  RoomId,
  RoomRights,
  Seq,
  UserId,
} from '@maru/protocol';
import type { BlockReport } from './block-report.ts';
import type { EncodedContent, ReaderChange, RoomEvent } from './event.ts';
import type { SendOutcome, SendWindow } from './state.ts';

/** What a decision on an edit or a deletion must know of the event it is about, as of the state's newest event. */
export interface TargetFacts {
  readonly sender: UserId;
  readonly kind: string;
  readonly deleted: boolean;
  /** From then on the message is hidden, and so are its edits. */
  readonly expiresAt?: number;
}

/** The same for what members do to messages of anybody's. */
export interface SeenTarget extends TargetFacts {
  /** Whether it lies in a former membership of the sender's, or in theirs of the moment as far as that is stored. */
  readonly wasSeen: boolean;
}

/** What stands on a message before a reaction. */
export interface ReactionFacts {
  readonly kinds: readonly string[];
  /** Those that the sender has put there, and by which events. */
  readonly own: readonly { readonly reaction: string; readonly seq: Seq }[];
}

/** What the edge and the worker stamp on a command, so that a decision needs nothing but it and the state. */
export interface Stamped {
  readonly room: RoomId;
  readonly sender: UserId;
  /** Absent only for what the server does itself (an account's deletion, an import). */
  readonly device?: DeviceId;
  readonly clientMessageId?: ClientMessageId;
  /** The edge's clock, milliseconds since the epoch. */
  readonly now: number;
  /** The device's window where the state does not hold it: `null` is "sent nothing yet", absent "not looked up". */
  readonly window?: SendWindow | null;
  /** What the store says of an id at or below the window's lowest: `null` is "never seen", absent "not looked up". */
  readonly earlier?: SendOutcome | null;
  /** Whether the other of a direct room, who has not accepted the sender, lets them write; absent: not looked up. */
  readonly mayWrite?: boolean;
  /** In slow mode, when the sender's newest message came: `null` is "none yet", absent "not looked up". */
  readonly lastMessage?: number | null;
  /** The event that removed who wants to join, if that is how they went: `null` is "it is not", absent "not looked up". */
  readonly removedAt?: Seq | null;
  /** The report that comes with it is kept. */
  readonly reported?: true;
  /** In how many channels of the sender's making somebody is; absent: not looked up. */
  readonly channelsMade?: number;
  /** In a channel, who of those whom the command is about is a member; absent: not looked up. */
  readonly reading?: Reading;
}

/** The operator's limits in force, stamped on what may bring people in and on nothing else. */
export interface MemberLimits {
  readonly groupMembersMax: number;
  /** The same of channels; absent: as many as there may be anywhere. */
  readonly channelMembersMax?: number;
}

/** Whether the sender is a member of a channel, and the person whom the command names. */
export interface Reading {
  readonly sender: boolean;
  readonly user: boolean;
}

export type CommandBody =
  | {
      readonly kind: 'send';
      readonly content: EncodedContent;
      readonly replyTo?: Seq;
      readonly mentions?: readonly UserId[];
      readonly mentionsAll?: true;
      readonly expiresAfter?: number;
      readonly sentAt?: number;
    }
  | {
      readonly kind: 'edit';
      readonly refersTo: Seq;
      readonly content: EncodedContent;
      readonly mentions?: readonly UserId[];
      readonly mentionsAll?: true;
      readonly target?: TargetFacts | null;
    }
  | { readonly kind: 'delete'; readonly refersTo: Seq; readonly target?: TargetFacts | null }
  | {
      readonly kind: 'react';
      readonly refersTo: Seq;
      readonly reaction: string;
      readonly on: boolean;
      readonly target?: (SeenTarget & ReactionFacts) | null;
    }
  | {
      readonly kind: 'pin';
      readonly refersTo: Seq;
      readonly on: boolean;
      readonly target?: SeenTarget | null;
    }
  | {
      readonly kind: 'create';
      readonly roomKind: 'direct';
      readonly user: UserId;
      readonly relate?: {
        readonly act: FirstAct;
        readonly note?: EncodedContent;
        readonly report?: BlockReport;
      };
    }
  | {
      readonly kind: 'create';
      readonly roomKind: 'group';
      readonly name: string;
      readonly history: HistorySetting;
      readonly users: readonly UserId[];
    }
  | {
      readonly kind: 'create';
      readonly roomKind: 'channel';
      readonly name: string;
      readonly description: string;
      readonly public: boolean;
    }
  | { readonly kind: 'add'; readonly users: readonly UserId[] }
  | { readonly kind: 'remove'; readonly user: UserId }
  | { readonly kind: 'leave' }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'set-history'; readonly history: HistorySetting }
  | { readonly kind: 'describe'; readonly description: string }
  | { readonly kind: 'set-timer'; readonly seconds: number }
  /** A member schedules a message for the room: nothing happens there yet, if it may be. */
  | { readonly kind: 'schedule'; readonly replyTo?: Seq }
  /** The server's own: these messages' time is over. `targets`: in the same order. */
  | {
      readonly kind: 'expire';
      readonly messages: readonly HiddenMessage[];
      readonly targets?: readonly (TargetFacts | null)[];
    }
  | {
      readonly kind: 'relate';
      readonly act: RelationAct;
      /** The relation's `seq` that the user saw; absent: as it is on arrival. */
      readonly basedOn?: number;
      readonly note?: EncodedContent;
      /** With a block. */
      readonly report?: BlockReport;
    }
  | { readonly kind: 'set-role'; readonly user: UserId; readonly role: Role }
  | { readonly kind: 'set-rights'; readonly rights: RoomRights }
  | { readonly kind: 'set-slow-mode'; readonly seconds: number }
  | {
      readonly kind: 'make-link';
      readonly secret: LinkSecret;
      readonly expiresAt?: number;
      readonly usesMax?: number;
      readonly approval: boolean;
    }
  | { readonly kind: 'revoke-link'; readonly link: LinkId }
  | { readonly kind: 'join'; readonly secret?: LinkSecret }
  | { readonly kind: 'answer-join'; readonly user: UserId; readonly accept: boolean };

/** What may bring people into a room. */
export type BringingBody = Extract<
  CommandBody,
  { kind: 'create'; roomKind: 'group' } | { kind: 'add' | 'join' | 'answer-join' }
>;

export type LimitedBody = Exclude<CommandBody, BringingBody> | (BringingBody & MemberLimits);

export type RoomCommand = Stamped & LimitedBody;

/** What a command comes to. Each makes at most one event. */
export type Decision =
  /** Somebody comes into a channel or goes: to be stored and then answered. */
  | { readonly kind: 'reader'; readonly reader: ReaderChange }
  /** A new event, to be stored and then answered. */
  | { readonly kind: 'event'; readonly event: RoomEvent }
  /** Accepted, and there is nothing to do: the head is the answer. */
  | { readonly kind: 'unchanged'; readonly seq: Seq; readonly at: number }
  /** Seen before: the first answer again. */
  | { readonly kind: 'repeat'; readonly outcome: SendOutcome }
  /**
   * `recorded`: kept in the log so that a retry gets the same (members only; a stranger leaves no trace). `fault` is
   * what was thrown where the rules themselves failed: for the log, never for the device.
   */
  | {
      readonly kind: 'refused';
      readonly error: ErrorBody;
      readonly recorded: boolean;
      readonly fault?: unknown;
    }
  /** Only the store knows what is missing: stamp it (`null` where there is none) and decide again. */
  | {
      readonly kind: 'lookup';
      readonly of:
        | 'window'
        | 'earlier'
        | 'target'
        | 'targets'
        | 'last-message'
        | 'removal'
        | 'reading'
        | 'channels-made';
    }
  /** Whether this person lets the sender write (`mayWrite`). */
  | { readonly kind: 'lookup'; readonly of: 'policy'; readonly to: UserId }
  /** Whether what comes with a block about this person is kept (`reported`): it is to be, now. */
  | {
      readonly kind: 'lookup';
      readonly of: 'report';
      readonly about: UserId;
      readonly report: BlockReport;
    };
