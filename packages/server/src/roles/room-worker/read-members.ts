import { limits, refusal, roleOf, type UserId } from '@maru/protocol';
import { isBlockedByOther } from '../../core/room/relation.ts';
import type { RoomState } from '../../core/room/state.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { RoomMembers } from '../../ports/rooms.ts';

/** Who is in a room, for a member. Readers of a channel don't see each other. */
export async function readMembers(
  store: RoomStore,
  state: RoomState,
  user: UserId,
  after: UserId | undefined,
): Promise<RoomMembers> {
  if (state.roomKind === 'channel') return readPage(store, state, user, after);
  const all = Array.from(state.members, ([member, { joined }]) => ({
    user: member,
    joined,
    role: roleOf(state, member),
  }));
  const members = isBlockedByOther(state, user) ? all.filter((member) => member.user === user) : all;
  return { kind: 'members', members, more: false };
}

async function readPage(
  store: RoomStore,
  state: RoomState,
  user: UserId,
  after: UserId | undefined,
): Promise<RoomMembers> {
  if (roleOf(state, user) === 'member') {
    const sentence = 'Who reads a channel is for its owner and administrators to see.';
    return { kind: 'refused', error: refusal('forbidden', sentence) };
  }
  const found = await store.membersAfter(state.room, after, limits.MEMBERS_PAGE_MAX + 1);
  const members = found
    .slice(0, limits.MEMBERS_PAGE_MAX)
    .map((member) => ({ ...member, role: roleOf(state, member.user) }));
  return { kind: 'members', members, more: found.length > members.length };
}
