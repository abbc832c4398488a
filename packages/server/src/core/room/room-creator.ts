import type { UserId } from '@maru/protocol';
import type { Member } from './state.ts';

/**
 * Who may rename a group, remove people and set its history: who made it, for as long as they are in it (again). While
 * they are not, the longest-standing member, so that no group is left with nobody who can; of several who came in by
 * the same event, the one with the smallest id, which is the oldest account. `undefined` for an empty room.
 */
export function roomCreator(room: {
  readonly creator: UserId;
  readonly members: ReadonlyMap<UserId, Pick<Member, 'joined'>>;
}): UserId | undefined {
  if (room.members.has(room.creator)) return room.creator;
  let longest: UserId | undefined;
  let since = Number.POSITIVE_INFINITY;
  for (const [user, { joined }] of room.members) {
    if (joined > since || (joined === since && longest !== undefined && user > longest)) continue;
    longest = user;
    since = joined;
  }
  return longest;
}
