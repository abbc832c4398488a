import { routes } from '@maru/protocol';
import type { UserRecord } from '../../ports/directory.ts';
import { profileOf } from '../edge/profile-of.ts';
import type { ApiDeps } from './deps.ts';
import { done, notFound } from './handler.ts';
import type { Register } from './register.ts';

export function registerPeople(register: Register, { directory }: ApiDeps): void {
  register(routes.findUser, async ({ query }) => {
    const user = await directory.userByHandle(query.handle.toLowerCase());
    return isThere(user) ? done(profileOf(user)) : notFound('person');
  });

  register(routes.getUser, async ({ params }) => {
    const user = await directory.user(params.user);
    return isThere(user) ? done(profileOf(user)) : notFound('person');
  });

  register(routes.getUsers, async ({ body }) => {
    const found = (await directory.users([...new Set(body.users)])).filter(isThere);
    const known = new Map(body.known?.map((changedAt, index) => [body.users[index], changedAt]));
    const there = new Set(found.map(({ user }) => user));
    return done({
      users: found.filter(({ user, profileAt }) => known.get(user) !== profileAt).map(profileOf),
      gone: body.users.filter((user) => !there.has(user)),
    });
  });
}

function isThere(user: UserRecord | undefined): user is UserRecord {
  return user !== undefined && user.deletedAt === undefined;
}
