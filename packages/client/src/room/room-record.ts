import type {
  ClientMessageId,
  Event,
  HistorySetting,
  RoomEntry,
  RoomFacts,
  RoomId,
  RoomKind,
  Seq,
  UserId,
} from '@maru/protocol';
import type { KnownRelation } from '../relation/relation-after.ts';
import type { Settled } from './settled.ts';
import type { UnreadBase } from './unread-base.ts';
import type { UnreadMentions } from './unread-mentions.ts';

export type VisibleSpan = RoomEntry['visible'][number];

/** How far somebody else is in a room; 0 is nothing. */
export interface Watermark {
  readonly user: UserId;
  readonly delivered: number;
  readonly read: number;
}

/** What identifies an event: two with the same number must have the same. */
export interface Tip {
  readonly seq: Seq;
  readonly at: number;
  readonly ordinal: number;
  readonly sender: UserId;
  readonly clientMessageId: ClientMessageId | undefined;
}

/**
 * What a device keeps of a room, its events apart. The store holds one run of events, `stored.from`–`stored.tip`, without
 * gaps in what may be seen; what is older is asked for when it is looked at.
 */
export interface RoomRecord {
  readonly room: RoomId;
  readonly roomKind: RoomKind;
  readonly name: string | undefined;
  readonly history: HistorySetting;
  /** What else holds in the room. Absent in what an earlier version stored. */
  readonly facts?: RoomFacts;
  readonly creator: UserId;
  readonly membership: RoomEntry['membership'];
  readonly memberCount: number;
  readonly peer: UserId | undefined;
  /** Of a direct room. Absent in what an earlier version stored. */
  readonly relation?: KnownRelation | undefined;
  /** Of a direct room: the head at which the server said that nobody is there any more, until it says otherwise. */
  readonly unavailable?: number | undefined;
  /** Whether the user has written here, as far as it came by. */
  readonly wrote?: true | undefined;
  readonly visible: readonly VisibleSpan[];
  /** The newest event whose effect on this record is accounted for; 0 before the first. */
  readonly head: { readonly seq: number; readonly ordinal: number; readonly at: number };
  readonly stored: { readonly from: Seq; readonly tip: Tip } | undefined;
  readonly marks: RoomEntry['marks'];
  /** Marks that the server has not confirmed yet. */
  readonly pendingMark: { readonly read?: Seq; readonly unread?: boolean } | undefined;
  readonly unread: UnreadBase;
  /** Absent in what an earlier version stored. */
  readonly mentions?: UnreadMentions;
  readonly receipts: readonly Watermark[];
  /** What all others had received and read before somebody came in. Absent: nothing. */
  readonly settled?: Settled;
  /** The newest message, for lists. */
  readonly latest: Event | undefined;
  /** The newest stored message that somebody else wrote; 0 is none. */
  readonly fromOthers: number;
}

/** What is known of a room, held against no entry to come: the server tells another story than before. */
export function beforeAnyEntry(record: RoomRecord): RoomRecord {
  const relation = record.relation && { ...record.relation, asOf: 0 };
  return { ...record, relation, unavailable: undefined, head: { seq: 0, ordinal: 0, at: 0 } };
}

export function tipOf(event: Event): Tip {
  const { seq, at, ordinal, sender, clientMessageId } = event;
  return { seq, at, ordinal, sender, clientMessageId };
}

/** Whether an event is the one that was known under its number. */
export function isSameEvent(tip: Tip, event: Event): boolean {
  return (
    tip.seq === event.seq &&
    tip.sender === event.sender &&
    tip.clientMessageId === event.clientMessageId &&
    tip.at === event.at
  );
}
