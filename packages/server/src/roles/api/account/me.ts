import { routes } from '@maru/protocol';
import type { AccountChange } from '../../../ports/directory.ts';
import { lastAdministrator } from '../admin/last-administrator.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { done, notFound, nothing } from '../handler.ts';
import type { Register } from '../register.ts';
import { endedCookie, isCookieSecure } from '../token-cookie.ts';
import { confirm, outdatedPassword } from './check-password.ts';
import { describeMe } from './describe-me.ts';

export function registerMe(register: Register, deps: ApiDeps): void {
  const { directory, clock, settings } = deps;

  register(routes.getMe, async ({ identity }) => {
    const user = await directory.user(identity.user);
    return user === undefined ? notFound('person') : done(describeMe(user, identity));
  });

  register(routes.updateMe, async ({ identity, body }) => {
    const { name, status, hidePresence } = body;
    const change: AccountChange = {
      ...(name !== undefined && { name }),
      ...(status !== undefined && { status }),
      ...(hidePresence !== undefined && { hidePresence }),
    };
    const user = await directory.updateUser(identity.user, change, clock.now());
    if (user === undefined) return notFound('person');
    if (hidePresence !== undefined) deps.inboxes.hidePresence(user.user, hidePresence);
    if (name !== undefined || status !== undefined) deps.inboxes.profileChanged(user);
    return done(describeMe(user, identity));
  });

  register(routes.deleteMe, async ({ identity, body, arrival }) => {
    const by = await confirm(deps, identity, body.password);
    if (by.kind === 'refused') return by;
    const signedOut = await directory.deleteUser(identity.user, clock.now(), by);
    if (signedOut === 'outdated') return { kind: 'refused', error: outdatedPassword() };
    if (signedOut === 'last-administrator') return lastAdministrator();
    endDevices(deps, identity.user, signedOut);
    // The account is gone by now; its rooms are left behind the answer, and after a restart if need be.
    void deps.departures.wake();
    return nothing(endedCookie(isCookieSecure(arrival, settings)));
  });
}
