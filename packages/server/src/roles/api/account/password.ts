import { routes } from '@maru/protocol';
import { knownAsker, strangerFrom } from '../../edge/passwords.ts';
import { hashCode } from '../../edge/secrets.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { nothing, refuse } from '../handler.ts';
import type { Register } from '../register.ts';
import { busy, confirm, outdatedPassword } from './check-password.ts';

export function registerPassword(register: Register, deps: ApiDeps): void {
  const { directory, passwords } = deps;

  register(routes.changePassword, async ({ identity, body }) => {
    const by = await confirm(deps, identity, body.current);
    if (by.kind === 'refused') return by;
    const hashed = await passwords.hash(body.next, knownAsker(identity.user));
    if (hashed.kind === 'busy') return { kind: 'refused', error: busy(hashed) };
    const others = await directory.setPassword(by, hashed.hash);
    if (others === 'outdated') return { kind: 'refused', error: outdatedPassword() };
    endDevices(deps, identity.user, others);
    return nothing();
  });

  register(routes.recover, async ({ body, arrival }) => {
    // The hash is made first, so that an unknown handle costs what a wrong code costs.
    const hashed = await passwords.hash(body.newPassword, strangerFrom(arrival.address));
    if (hashed.kind === 'busy') return { kind: 'refused', error: busy(hashed) };
    const user = await directory.userByHandle(body.handle.toLowerCase());
    const wrong = refuse('invalid-credentials', 'The handle or the recovery code is wrong.');
    if (user === undefined || user.deletedAt !== undefined) return wrong;
    const signedOut = await directory.recover(user.user, hashCode(body.recoveryCode), hashed.hash);
    if (signedOut === 'invalid') return wrong;
    endDevices(deps, user.user, signedOut);
    return nothing();
  });
}
