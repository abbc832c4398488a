import { routes, type UserId } from '@maru/protocol';
import type { UserRecord } from '../../ports/directory.ts';
import { profileOf } from '../edge/profile-of.ts';
import type { ApiDeps } from './deps.ts';
import { done, notFound, refuse } from './handler.ts';
import type { Register } from './register.ts';

export function registerPeople(register: Register, { directory, inboxes }: ApiDeps): void {
  /** Who blocks the asker is not there for them (`[REL6]`). The same is done where nobody is, so that the time tells nothing. */
  async function seen(by: UserId, users: readonly (UserRecord | undefined)[]): Promise<UserRecord[]> {
    const blockers = await inboxes.blockersOf(by);
    return users.filter(isThere).filter(({ user }) => !blockers.has(user));
  }

  /** Who does not want to be found by the handle is found by their contacts only (`[PEOPLE7]`). */
  async function mayFind(by: UserId, { user, findable }: UserRecord): Promise<boolean> {
    return findable || user === by || inboxes.hasContact(user, by);
  }

  register(routes.findUser, async ({ identity, query }) => {
    const named = await directory.userByHandle(query.handle.toLowerCase());
    const [user] = await seen(identity.user, [named]);
    return user === undefined || !(await mayFind(identity.user, user))
      ? notFound('person')
      : done(profileOf(user));
  });

  register(routes.findByLink, async ({ identity, body }) => {
    const [user] = await seen(identity.user, [await directory.userByLink(body.code)]);
    return user === undefined
      ? refuse('link-invalid', 'This link leads to nobody (any more). Ask for another.')
      : done(profileOf(user));
  });

  register(routes.getUser, async ({ identity, params }) => {
    const [user] = await seen(identity.user, [await directory.user(params.user)]);
    return user === undefined ? notFound('person') : done(profileOf(user));
  });

  register(routes.getUsers, async ({ identity, body }) => {
    const found = await seen(identity.user, await directory.users([...new Set(body.users)]));
    // 0 is nothing, whatever an account was made at.
    const known = new Map(body.known?.map((changedAt, index) => [body.users[index], changedAt || undefined]));
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
