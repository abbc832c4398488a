import type { Member, RoomSnapshot } from '@maru/client';
import { type PresenceState, type Role, roleOf, type UserId } from '@maru/protocol';
import { folded } from '../i18n/folded.ts';

/** Somebody in a group, as a list shows them. */
export interface ListedMember {
  readonly user: UserId;
  readonly name: string | undefined;
  readonly handle: string | undefined;
  readonly role: Role;
  readonly presence: PresenceState | undefined;
}

const RANKS = { owner: 0, administrator: 1, member: 2 } as const;

/**
 * Who is in a group: those with a role first, then by name, as far as name or handle have what is looked for. Of big
 * groups all presence that is known is that of whom the last look named.
 */
export function sortedMembers(
  room: Pick<RoomSnapshot, 'roomKind' | 'facts' | 'creator' | 'members' | 'memberCount' | 'presence'>,
  wanted: string,
): readonly ListedMember[] {
  const looked = folded(wanted.trim().replace(/^@/, ''));
  const here = new Map(room.presence?.users.map(({ user, state }) => [user, state]));
  const has = ({ name = '', handle = '' }: Member) =>
    folded(name).includes(looked) || handle.includes(looked);
  const shown = ({ name, handle }: ListedMember) => name || handle || '';
  return [...(room.members?.values() ?? [])]
    .filter(has)
    .map(({ user, name, handle }): ListedMember => {
      return { user, name, handle, role: roleOf(room, user), presence: here.get(user) };
    })
    .sort((a, b) => RANKS[a.role] - RANKS[b.role] || shown(a).localeCompare(shown(b)));
}
