/** What a room knows. Rebuilt by `evolve` alone, and replaced only after the commit. Immutable. */
import type {
  ClientMessageId,
  DeviceId,
  ErrorCode,
  HistorySetting,
  RoomFacts,
  RoomId,
  RoomKind,
  Seq,
  UserId,
} from '@maru/protocol';
import type { Relation } from './relation.ts';

import type { SlowSends } from './slow-sends.ts';

/**
 * The newest rules that this program knows: rooms that begin now run by them. A room keeps those that the entry of its
 * creation names, and where they are newer than this nothing is decided (`[ORD6]`).
 */
export const RULES_VERSION = 2;

/** With these came what a room has beside a name and members: the first event of that kind raises an older room to them. */
export const FACTS_RULES_VERSION = 2;

/** The rules of rooms whose creation names none: those from before it did. */
export const FIRST_RULES_VERSION = 1;

export interface Member {
  /** The event by which they came in. */
  readonly joined: Seq;
  /** The first event they may read of this membership: fixed at joining by the room's history setting. */
  readonly visibleFrom: Seq;
}

/** What became of one command: the event it made, or the refusal that was recorded. */
export type SendOutcome =
  | { readonly kind: 'event'; readonly seq: Seq; readonly at: number }
  | { readonly kind: 'refusal'; readonly code: ErrorCode };

export interface SentCommand {
  readonly clientMessageId: ClientMessageId;
  readonly outcome: SendOutcome;
}

/** A device's newest commands in the room, rising by id: at most `SEND_WINDOW_IDS` (`[ONCE3]`). */
export interface SendWindow {
  /** The room's time at the device's newest command. */
  readonly at: number;
  readonly sent: readonly SentCommand[];
}

export interface RoomState {
  readonly room: RoomId;
  /** By which rules it runs; may be newer than `RULES_VERSION`. */
  readonly rulesVersion: number;
  readonly roomKind: RoomKind;
  readonly name: string | undefined;
  readonly creator: UserId;
  readonly history: HistorySetting;
  /** What else holds, as the protocol's one function has it. */
  readonly facts: RoomFacts;
  /** What the two of a direct room are to each other; `undefined` for a group. No device is told it as it is. */
  readonly relation: Relation | undefined;
  /**
   * Members of this moment. Of a channel none is here, however many there are: who is one is looked up and stamped on
   * the command.
   */
  readonly members: ReadonlyMap<UserId, Member>;
  readonly memberCount: number;
  /** The newest event's number, how many events count so far, and the room's time, which never goes back. */
  readonly seq: Seq;
  readonly ordinal: number;
  readonly at: number;
  /**
   * Windows of the devices that sent last, at most `WINDOW_DEVICES_MAX`, the one that has been silent longest first. A
   * device that isn't here has its window looked up and stamped on its command.
   */
  readonly windows: DeviceWindows;
  /** Of who wrote last, while the room is in slow mode and as far as this was seen. */
  readonly slowSends: SlowSends | undefined;
}

/**
 * An array and no map: every command makes a new one, and an array of 64 is copied in a tenth of the time. The newest are
 * at the end, where they are looked for first.
 */
export type DeviceWindows = readonly (readonly [device: DeviceId, window: SendWindow])[];

/** Device windows kept in a room's state, so that evolving a big room copies little. */
export const WINDOW_DEVICES_MAX = 64;
