import type { RoomSummary } from '@maru/client';
import type { World } from './world.ts';

/** Whether the user wants to hear nothing of a room's newest message. */
export function isQuiet({ muted, latest }: RoomSummary, { me }: Pick<World, 'me'>): boolean {
  if (muted === undefined) return false;
  return !(muted.mentions && latest?.mentions?.includes(me) === true);
}

/** Unread messages that are worth a bell. */
export function loudUnread({ rooms, me }: Pick<World, 'rooms' | 'me'>): number {
  return rooms.reduce((sum, room) => sum + (isQuiet(room, { me }) ? 0 : room.unreadCount), 0);
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
