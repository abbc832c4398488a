import { type Profile, routes } from '@maru/protocol';
import type { UserRecord } from '../../../ports/directory.ts';
import { profileOf } from '../../edge/profile-of.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

export function registerMembers(register: Register, { rooms, directory, inboxes }: ApiDeps): void {
  register(routes.getMembers, async ({ identity, params, query }) => {
    const found = await rooms.members(params.room, identity.user, query.after);
    if (found === undefined) return notFound('room');
    if (found.kind === 'refused') return found;
    const present = found.members;
    const records = await directory.users(present.map(({ user }) => user));
    const blockers = await inboxes.blockersOf(identity.user);
    const people = new Map(records.map((record) => [record.user, record]));
    const members = present.flatMap(({ user, joined, role }) => {
      const person = people.get(user);
      // An account that was just deleted is about to leave.
      if (person === undefined || person.deletedAt !== undefined) return [];
      const shown = blockers.has(user) ? namesOf(person) : profileOf(person);
      return [{ ...shown, joinedSeq: joined, role }];
    });
    return done({ members, ...(found.more && { more: true }) });
  });
}

/** Somebody who blocks the reader: who is in a group is seen, and nothing of how they are by now (`[REL8]`). */
function namesOf({ user, handle, name }: UserRecord): Profile {
  return { user, handle, name, changedAt: 0 };
}
