import type { RoomState } from './state.ts';

/**
 * Whether somebody was removed after a link was made, which lets them in no more. A channel's reader is removed by no
 * event: that stands at the newest one, which may be the link's own.
 *
 * @param removedAt where they were removed
 * @param madeAt the event that made the link
 */
export function isRemovedSince({ roomKind }: RoomState, removedAt: number, madeAt: number): boolean {
  return roomKind === 'channel' ? removedAt >= madeAt : removedAt > madeAt;
}
