import { routes } from '@maru/protocol';
import { accountSuspended } from '../../edge/authenticate.ts';
import { isOriginAllowed } from '../../edge/origin.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { done, nothing, refuse } from '../handler.ts';
import type { Register } from '../register.ts';
import { endedCookie, isCookieSecure } from '../token-cookie.ts';
import { checkPassword, wrongPassword } from './check-password.ts';
import { signInDevice } from './sign-in-device.ts';

export function registerLogIn(register: Register, deps: ApiDeps): void {
  const { directory, passwords, settings } = deps;

  register(routes.logIn, async ({ body, headers, arrival }) => {
    if (body.device.credential === 'cookie' && !isOriginAllowed(headers, arrival, deps.origins)) {
      return refuse('origin-refused', 'This page may not ask for a cookie.');
    }
    const user = await directory.userByHandle(body.handle.toLowerCase());
    const error = await checkPassword(passwords, user, body.password);
    if (error !== undefined) return { kind: 'refused', error };
    if (user === undefined) return { kind: 'refused', error: wrongPassword() };
    // Said only to who knows the password: to others it is nobody's business (`[ADMIN2]`).
    if (user.suspendedAt !== undefined) return { kind: 'refused', error: accountSuspended() };
    const signedIn = await signInDevice(deps, user, body.device, arrival);
    return signedIn.kind === 'refused' ? signedIn : done(signedIn.body, signedIn.cookie);
  });

  register(routes.logOut, async ({ identity, arrival }) => {
    await directory.signOut(identity.user, identity.device);
    endDevices(deps, identity.user, [identity.device]);
    return nothing(endedCookie(isCookieSecure(arrival, settings)));
  });
}
