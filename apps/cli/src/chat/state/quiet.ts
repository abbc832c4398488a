import type { RoomSummary } from '@maru/client';
import { isMentioned } from '@maru/protocol';
import type { World } from './world.ts';

/** Whether the user wants to hear nothing of a room's newest message. */
export function isQuiet({ muted, latest }: RoomSummary, { me }: Pick<World, 'me'>): boolean {
  if (muted === undefined) return false;
  return !(muted.mentions && latest !== undefined && isMentioned(latest, me));
}

type Listed = Pick<World, 'rooms' | 'requests' | 'me'>;

/** Unread messages that are worth a look: none of muted rooms, and none of strangers. */
export function loudUnread(world: Listed): number {
  return sum(loudRooms(world));
}

/** Those that are worth a bell: not where somebody wrote last whom the user blocks. */
export function ringingUnread(world: Listed & Pick<World, 'isBlocked'>): number {
  return sum(
    loudRooms(world).filter(({ latest }) => latest === undefined || !world.isBlocked(latest.sender)),
  );
}

function loudRooms({ rooms, requests, me }: Listed): readonly RoomSummary[] {
  return rooms.slice(0, rooms.length - requests).filter((room) => !isQuiet(room, { me }));
}

function sum(rooms: readonly RoomSummary[]): number {
  return rooms.reduce((total, { unreadCount }) => total + unreadCount, 0);
}

/** How the user has a room, in words. */
export function keptWords(
  { muted, archived, pinned }: RoomSummary,
  { texts }: Pick<World, 'texts'>,
): string[] {
  return [
    ...(pinned ? [texts.pinned] : []),
    ...(muted === undefined ? [] : [texts.muted]),
    ...(archived ? [texts.archived] : []),
  ];
}
