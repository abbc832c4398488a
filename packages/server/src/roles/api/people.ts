import { routes } from '@maru/protocol';
import type { UserRecord } from '../../ports/directory.ts';
import type { ApiDeps } from './deps.ts';
import { done, notFound } from './handler.ts';
import type { Register } from './register.ts';

export function registerPeople(register: Register, { directory }: ApiDeps): void {
  register(routes.findUser, async ({ query }) => {
    const user = await directory.userByHandle(query.handle.toLowerCase());
    return isThere(user) ? done(profile(user)) : notFound('person');
  });

  register(routes.getUser, async ({ params }) => {
    const user = await directory.user(params.user);
    return isThere(user) ? done(profile(user)) : notFound('person');
  });

  register(routes.getUsers, async ({ body }) => {
    const users = await directory.users(body.users);
    return done({ users: users.filter(isThere).map(profile) });
  });
}

function isThere(user: UserRecord | undefined): user is UserRecord {
  return user !== undefined && user.deletedAt === undefined;
}

function profile({ user, handle, name }: UserRecord) {
  return { user, handle, name };
}
