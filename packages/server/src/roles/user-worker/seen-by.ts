/** Whom of a room's people a reader may see, and what they are told of a direct room. */
import { type AnyContent, directRoomId, type RelationView, type UserId } from '@maru/protocol';
import type { EncodedContent, RoomEvent } from '../../core/room/event.ts';
import {
  isBlockedByOther,
  isHiddenFrom,
  isSevered,
  isShownToOther,
  type Side,
  sidesOf,
  stateOf,
} from '../../core/room/relation.ts';
import type { Inbox, InboxRoom, Place } from './inbox.ts';

/** Keeps on the user who is across a block from them, as their direct room has it. */
export function noteSevered({ inbox, peer, in: room }: Place): void {
  if (peer === undefined) return;
  if (isSevered(room)) {
    inbox.severed ??= new Set();
    inbox.severed.add(peer);
  } else if (inbox.severed?.delete(peer) === true && inbox.severed.size === 0) {
    inbox.severed = undefined;
  }
}

/** Whether somebody blocks another, as their direct room has it. */
export function isBlockedBy({ user, severed, places }: Inbox, other: UserId): boolean {
  if (severed?.has(other) !== true) return false;
  const room = places.get(directRoomId(user, other))?.in;
  return room !== undefined && sidesOf(room, user)?.mine.blocks === true;
}

/** Whether typing, marks and presence of a member are the reader's to see in the room (`[REL4]`, `[REL8]`). */
export function isSeenBy(room: InboxRoom, user: UserId, reader: Inbox): boolean {
  if (user === reader.user) return true;
  return room.relation === undefined ? reader.severed?.has(user) !== true : isShownToOther(room, user);
}

/** Whether to its user the room is not there (`[REL6]`). */
export function isHidden({ in: room, inbox }: Place): boolean {
  return isHiddenFrom(room, inbox.user);
}

/** Members as the reader may know of them: who blocks them is gone (`[REL6]`). */
export function memberCountFor({ in: room, inbox }: Place): number {
  return room.memberCount - (room.memberCount > 1 && isBlockedByOther(room, inbox.user) ? 1 : 0);
}

/** What the user is told of the relation; `undefined` in a group. */
export function relationFor({ in: room, inbox }: Place, note?: AnyContent): RelationView | undefined {
  const mine = sidesOf(room, inbox.user)?.mine;
  if (mine === undefined) return undefined;
  const { request, seq } = mine;
  return {
    state: stateOf(mine),
    seq,
    ...(request !== undefined && note && { note }),
    ...(isOpenBeside(mine) && { open: true }),
  };
}

/** Whether a request stands between two who have both written: what is left when it is taken back. */
function isOpenBeside({ request, open, heard }: Side): boolean {
  return request !== undefined && open && heard;
}

/** What of a relation a person is told, to be compared. */
export function toldOf(room: Pick<InboxRoom, 'creator' | 'relation'>, user: UserId): string {
  const mine = sidesOf(room, user)?.mine;
  if (mine === undefined) return '';
  return `${stateOf(mine)} ${mine.seq} ${isOpenBeside(mine)} ${isBlockedByOther(room, user)} ${isHiddenFrom(room, user)}`;
}

/** What a request says. */
export function noteOf({ change, content }: Pick<RoomEvent, 'change' | 'content'>): AnyContent | undefined {
  if (change?.type !== 'related' && change?.type !== 'created') return undefined;
  return change.act === 'write' ? undefined : parsed(content);
}

function parsed(content: EncodedContent | undefined): AnyContent | undefined {
  return content === undefined ? undefined : (JSON.parse(content) as AnyContent);
}
