import type { RoomSnapshot } from '@maru/client';

/** Why nobody can write in a room now; `undefined`: they can. */
export function whyClosed(
  snapshot: RoomSnapshot,
): 'refused' | 'blocked' | 'notMember' | 'notAllowed' | 'unavailable' | undefined {
  const { relation, membership, unavailable, can } = snapshot;
  if (snapshot.refused !== undefined) return 'refused';
  if (relation?.state === 'blocked') return 'blocked';
  if (membership !== 'member' && membership !== 'creating') return 'notMember';
  if (unavailable) return 'unavailable';
  return can.send ? undefined : 'notAllowed';
}
