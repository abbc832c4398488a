import type { RoomSummary } from '@maru/client';

/** Whether how the user has a conversation is kept: whether it is pinned, muted, archived. Of one that is over it is not. */
export function isKept({ membership, refused }: Pick<RoomSummary, 'membership' | 'refused'>): boolean {
  return membership === 'member' || (membership === 'creating' && refused === undefined);
}
