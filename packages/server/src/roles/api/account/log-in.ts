import { type DeviceId, newUserId, routes } from '@maru/protocol';
import type { UserRecord } from '../../../ports/directory.ts';
import { accountSuspended } from '../../edge/authenticate.ts';
import { isOriginAllowed } from '../../edge/origin.ts';
import { knownAsker, strangerFrom } from '../../edge/passwords.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { done, nothing, refuse } from '../handler.ts';
import type { Register } from '../register.ts';
import { endedCookies, isCookieSecure } from '../token-cookie.ts';
import { checkPassword, wrongPassword } from './check-password.ts';
import { signInDevice } from './sign-in-device.ts';

export function registerLogIn(register: Register, deps: ApiDeps): void {
  const { directory, passwords, guesses, settings } = deps;

  register(routes.logIn, async ({ body, headers, arrival }) => {
    if (body.device.credential === 'cookie' && !isOriginAllowed(headers, arrival, deps.origins)) {
      return refuse('origin-refused', 'This page may not ask for a cookie.');
    }
    const handle = body.handle.toLowerCase();
    const user = await directory.userByHandle(handle);
    const known = await knownDevice(deps, user, body.device.device);
    const guess = guesses.take(handle, known);
    if (guess.kind === 'refused') return tooManyGuesses(guess);
    const asker = known && user ? knownAsker(user.user) : strangerFrom(arrival.address);
    const error = await checkPassword(passwords, user, body.password, asker);
    guess.settle(error === undefined ? 'right' : error.code === 'busy' ? 'untried' : 'wrong');
    if (error !== undefined) return { kind: 'refused', error };
    if (user === undefined) return { kind: 'refused', error: wrongPassword() };
    // Said only to who knows the password: to others it is nobody's business (`[ADMIN2]`).
    if (user.suspendedAt !== undefined) return { kind: 'refused', error: accountSuspended() };
    const signedIn = await signInDevice(deps, user, body.device, arrival);
    return signedIn.kind === 'refused' ? signedIn : done(signedIn.body, signedIn.cookies);
  });

  register(routes.logOut, async ({ identity, arrival }) => {
    await directory.signOut(identity.user, identity.device);
    endDevices(deps, identity.user, [identity.device]);
    return nothing(endedCookies(isCookieSecure(arrival, settings)));
  });
}

/** `named`, if it is a device of the account, signed in or not. What is nobody's handle is asked about all the same. */
async function knownDevice(
  { directory, uuids }: ApiDeps,
  user: UserRecord | undefined,
  named: DeviceId | undefined,
): Promise<DeviceId | undefined> {
  if (named === undefined) return undefined;
  const devices = await directory.devices(user?.user ?? newUserId(uuids));
  return devices.some(({ device }) => device === named) ? named : undefined;
}

function tooManyGuesses({ retryAfterMs }: { readonly retryAfterMs: number }) {
  return refuse(
    'rate-limited',
    'Too many wrong passwords for this handle. Wait, or log in on a device that was logged in before.',
    { retryAfterMs },
  );
}
