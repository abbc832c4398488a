import type {
  ClientMessageId,
  CommandStatus,
  DeviceId,
  ErrorBody,
  JoinRequest,
  LinkSecret,
  ListedChannel,
  OpenLink,
  Role,
  RoomId,
  Seq,
  UserId,
} from '@maru/protocol';
import type { RoomCommand } from '../core/room/command.ts';
import type { EncodedContent } from '../core/room/event.ts';
import type { ChannelQuery, Interval, Reacted, StoredEvent } from './room-store.ts';

/** A stamped command on its way, with what travels beside it: the whole of a long content (JSON text). */
export type SubmittedCommand = RoomCommand & { readonly body?: string };

export type Answer =
  | { readonly kind: 'accepted'; readonly seq: Seq; readonly at: number }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

export interface PageQuery {
  readonly from?: Seq;
  readonly direction: 'older' | 'newer' | 'around';
  readonly limit: number;
}

export interface RoomPage {
  readonly events: readonly StoredEvent[];
  readonly visible: readonly (readonly [Seq, Seq | null])[];
  readonly head: Seq;
}

/** A link with what it lets in by. */
export type OpenRoomLink = OpenLink & { readonly secret: LinkSecret };

export type RoomLinks =
  | {
      readonly kind: 'links';
      readonly links: readonly OpenRoomLink[];
      readonly requests: readonly JoinRequest[];
    }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

export type RoomMembers =
  | {
      readonly kind: 'members';
      readonly members: readonly { readonly user: UserId; readonly joined: Seq; readonly role: Role }[];
      readonly more: boolean;
    }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** What a link leads to, and what who asks is there. */
export interface LinkPreview {
  readonly name: string;
  readonly description?: string;
  readonly memberCount: number;
  readonly approval: boolean;
  readonly standing: 'stranger' | 'requested' | 'member';
}

/** What a message said, the newest last: at most `VERSIONS_MAX`, the first and the newest edits. */
export interface Versions {
  readonly versions: readonly { readonly seq: Seq; readonly at: number; readonly content: EncodedContent }[];
  /** Edits that are left out behind the first. */
  readonly omitted: number;
}

/**
 * What gateways and the API ask of the rooms' owners. Reads take the user who asks and give `undefined` for a room that
 * isn't there and one the user may not read alike (`[PRIV1]`).
 */
export interface Rooms {
  /** Resolves when the command is durable, or refused. Commands of one caller to one room keep their order. */
  submit(command: SubmittedCommand): Promise<Answer>;
  status(
    room: RoomId,
    user: UserId,
    device: DeviceId,
    id: ClientMessageId,
  ): Promise<CommandStatus | undefined>;
  page(room: RoomId, user: UserId, query: PageQuery): Promise<RoomPage | undefined>;
  body(room: RoomId, user: UserId, seq: Seq): Promise<string | undefined>;
  /** What a message said at first and by its edits; `undefined` also where there is no message to be seen. */
  versions(room: RoomId, user: UserId, seq: Seq): Promise<Versions | undefined>;
  /** Who has put what on a message, the oldest first; `undefined` also where there is no message to be seen. */
  reactions(room: RoomId, user: UserId, seq: Seq): Promise<readonly Reacted[] | undefined>;
  /**
   * Present members, for a member: all, or of a channel a page of at most `MEMBERS_PAGE_MAX` behind `after`, refused to who
   * has no role there.
   */
  members(room: RoomId, user: UserId, after?: UserId): Promise<RoomMembers | undefined>;
  /** The directory, for anybody. */
  channels(query: ChannelQuery): Promise<readonly ListedChannel[]>;
  /** The links into a group, for a member; refused for one who may not add. */
  links(room: RoomId, user: UserId): Promise<RoomLinks | undefined>;
  /** What a secret of the room leads to; `undefined` where it lets this user in by no means. */
  previewLink(room: RoomId, user: UserId, secret: LinkSecret): Promise<LinkPreview | undefined>;
  /** A member's memberships, read from the truth; `undefined` for anyone who is not a member now. */
  access(room: RoomId, user: UserId): Promise<readonly Interval[] | undefined>;
}
