import { routes } from '@maru/protocol';
import type * as z from 'zod';
import type { AccountChange } from '../../../ports/directory.ts';
import { lastAdministrator } from '../admin/last-administrator.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { done, notFound, nothing } from '../handler.ts';
import type { Register } from '../register.ts';
import { endedCookies, isCookieSecure } from '../token-cookie.ts';
import { confirm, outdatedPassword } from './check-password.ts';
import { describeMe } from './describe-me.ts';

export function registerMe(register: Register, deps: ApiDeps): void {
  const { directory, clock, settings } = deps;

  register(routes.getMe, async ({ identity }) => {
    const user = await directory.user(identity.user);
    return user === undefined ? notFound('person') : done(describeMe(user, identity));
  });

  register(routes.updateMe, async ({ identity, body }) => {
    const { name, status, ...settings } = body;
    const user = await directory.updateUser(identity.user, changeOf(body), clock.now());
    if (user === undefined) return notFound('person');
    const { hidePresence } = settings;
    if (Object.keys(settings).length > 0) deps.inboxes.settingsChanged(user.user, identity.device);
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
    return nothing(endedCookies(isCookieSecure(arrival, settings)));
  });
}

/** What was given of it, and nothing else. */
function changeOf(body: z.output<(typeof routes)['updateMe']['body'] & z.ZodType>): AccountChange {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
