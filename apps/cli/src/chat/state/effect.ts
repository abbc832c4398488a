import type { LinkOptions, ProfileChange, ReportDetails } from '@maru/client';
import type {
  ClientMessageId,
  HistorySetting,
  LinkCode,
  LinkId,
  PersonalCode,
  RelationAct,
  ReportReason,
  Role,
  RoomId,
  RoomRights,
  ScheduledId,
  Seq,
  UserId,
} from '@maru/protocol';
import type { AccountEffect } from './account-effect.ts';
import type { OwnEffect } from './own-effect.ts';

/** What is to be done outside the state: said by the pure functions, done by the core. */
export type Effect =
  | TerminalEffect
  | ClientEffect
  | { readonly kind: 'open'; readonly room: RoomId; readonly left: RoomId | undefined };

/** About the terminal. */
export type TerminalEffect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'mouse'; readonly on: boolean };

/** Done with the SDK. */
export type ClientEffect =
  | UnseenCommand
  | OwnEffect
  | AccountEffect
  | LinkEffect
  | MyLinkEffect
  | TalkEffect
  | PeopleEffect
  | ChannelEffect
  | DeviceEffect
  /** `quiet`: nobody asked for it, and nobody is told when it can't be done. */
  | { readonly kind: 'older'; readonly room: RoomId; readonly quiet?: boolean }
  | { readonly kind: 'newer' | 'end' | 'read' | 'mark' | 'typing'; readonly room: RoomId }
  | { readonly kind: 'members'; readonly room: RoomId }
  /** `choose`: the message is chosen when it is there. */
  | { readonly kind: 'jump'; readonly room: RoomId; readonly seq: Seq; readonly choose?: boolean }
  | { readonly kind: 'whole' | 'edit-whole'; readonly room: RoomId; readonly seq: Seq }
  | {
      readonly kind: 'send';
      readonly room: RoomId;
      readonly text: string;
      readonly replyTo?: Seq;
      /** It is not what was being written there. */
      readonly keepsDraft?: boolean;
    }
  | { readonly kind: 'direct'; readonly handle: string; readonly text: string }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly handles: readonly string[];
      readonly history: HistorySetting;
    };

/** A command to a room of which nothing is seen if it fails: then it must be said. */
export type UnseenCommand =
  | { readonly kind: 'edit'; readonly room: RoomId; readonly seq: Seq; readonly text: string }
  | { readonly kind: 'delete'; readonly room: RoomId; readonly seq: Seq }
  | {
      readonly kind: 'react';
      readonly room: RoomId;
      readonly seq: Seq;
      readonly reaction: string;
      readonly on: boolean;
    }
  | { readonly kind: 'pin-message'; readonly room: RoomId; readonly seq: Seq; readonly on: boolean }
  | { readonly kind: 'leave'; readonly room: RoomId }
  | { readonly kind: 'rename'; readonly room: RoomId; readonly name: string }
  | { readonly kind: 'describe'; readonly room: RoomId; readonly description: string }
  | { readonly kind: 'set-timer'; readonly room: RoomId; readonly seconds: number }
  | { readonly kind: 'schedule'; readonly room: RoomId; readonly at: number; readonly text: string }
  /** `at` or `text` or both. How long it stays goes with a new text. */
  | {
      readonly kind: 'reschedule';
      readonly room: RoomId;
      readonly scheduled: ScheduledId;
      readonly at?: number;
      readonly text?: string;
      readonly expiresAfter?: number;
    }
  | { readonly kind: 'unschedule'; readonly room: RoomId; readonly scheduled: ScheduledId }
  | { readonly kind: 'add'; readonly room: RoomId; readonly handles: readonly string[] }
  | { readonly kind: 'remove'; readonly room: RoomId; readonly handle: string }
  | GroupEffect
  /** About somebody whose id is known, or whose handle or personal link is. */
  | ({
      readonly kind: 'relate';
      readonly act: RelationAct;
      readonly note?: string;
      /** With a block. */
      readonly report?: ReportDetails;
    } & ({ readonly user: UserId } | { readonly handle: string } | { readonly code: PersonalCode }))
  | { readonly kind: 'resend' | 'discard'; readonly room: RoomId; readonly id: ClientMessageId };

/** About the roles and rights of a group. */
export type GroupEffect =
  | { readonly kind: 'role'; readonly room: RoomId; readonly handle: string; readonly role: Role }
  | { readonly kind: 'rights'; readonly room: RoomId; readonly rights: RoomRights }
  | { readonly kind: 'slow'; readonly room: RoomId; readonly seconds: number }
  | { readonly kind: 'history'; readonly room: RoomId; readonly history: HistorySetting }
  | { readonly kind: 'revoke-link'; readonly room: RoomId; readonly link: LinkId }
  | {
      readonly kind: 'answer-join';
      readonly room: RoomId;
      readonly handle: string;
      readonly accept: boolean;
    };

/** About the link by which the user lets themselves be found. */
export interface MyLinkEffect {
  readonly kind: 'my-link';
  readonly act: 'show' | 'renew' | 'revoke';
}

/** About links into groups. */
export type LinkEffect =
  | { readonly kind: 'make-link'; readonly room: RoomId; readonly options: LinkOptions }
  | { readonly kind: 'links'; readonly room: RoomId }
  | { readonly kind: 'forget'; readonly room: RoomId }
  | { readonly kind: 'join'; readonly code: LinkCode };

/** About a message: what comes of it is shown. */
export type TalkEffect =
  | { readonly kind: 'reactions' | 'versions'; readonly room: RoomId; readonly seq: Seq }
  /** `named`: with who said it first. */
  | {
      readonly kind: 'forward';
      readonly room: RoomId;
      readonly seq: Seq;
      readonly to: readonly RoomId[];
      readonly named: boolean;
    };

/** About people: the user, or somebody else. */
export type PeopleEffect =
  | { readonly kind: 'profile'; readonly change: ProfileChange }
  | { readonly kind: 'whois'; readonly handle: string }
  | {
      readonly kind: 'report';
      readonly user: UserId;
      readonly room: RoomId;
      readonly seq?: Seq;
      readonly reason: ReportReason;
      readonly note: string;
    };

/** About channels. */
export type ChannelEffect =
  | { readonly kind: 'channel'; readonly name: string; readonly isPublic: boolean }
  | { readonly kind: 'channels'; readonly words: string }
  | { readonly kind: 'join-channel'; readonly name: string };

/** About a device that asks to be let in. */
export interface DeviceEffect {
  readonly kind: 'device';
  readonly act: 'look' | 'confirm' | 'refuse';
  readonly code: string;
}
