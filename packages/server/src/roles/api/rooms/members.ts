import { routes } from '@maru/protocol';
import { profileOf } from '../../edge/profile-of.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

export function registerMembers(register: Register, { rooms, directory }: ApiDeps): void {
  register(routes.getMembers, async ({ identity, params, query }) => {
    const found = await rooms.members(params.room, identity.user, query.after);
    if (found === undefined) return notFound('room');
    if (found.kind === 'refused') return found;
    const present = found.members;
    const records = await directory.users(present.map(({ user }) => user));
    const people = new Map(records.map((record) => [record.user, record]));
    const members = present.flatMap(({ user, joined, role }) => {
      const person = people.get(user);
      // An account that was just deleted is about to leave.
      if (person === undefined || person.deletedAt !== undefined) return [];
      return [{ ...profileOf(person), joinedSeq: joined, role }];
    });
    return done({ members, ...(found.more && { more: true }) });
  });
}
