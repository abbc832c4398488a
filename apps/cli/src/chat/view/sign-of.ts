import type { RoomSummary } from '@maru/client';

/** What stands before the name of a group or channel. */
export function signOf({ roomKind }: Pick<RoomSummary, 'roomKind'>): string {
  return roomKind === 'channel' ? '»' : '#';
}
