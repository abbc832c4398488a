import { routes } from '@maru/protocol';
import type { Random } from '../../../ports/clock.ts';
import { hashCode, newCode } from '../../edge/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';
import { checkPassword } from './check-password.ts';

/** Recovery codes of an account. Each works once. */
const RECOVERY_CODES = 10;

export function newRecoveryCodes(random: Random): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => newCode(random));
}

/** New ones for who has used theirs up, or has one left that an administrator gave. */
export function registerRecoveryCodes(register: Register, { directory, passwords, random }: ApiDeps): void {
  register(routes.renewRecoveryCodes, async ({ identity, body }) => {
    const user = await directory.user(identity.user);
    const error = await checkPassword(passwords, user, body.password);
    if (error !== undefined) return { kind: 'refused', error };
    const recoveryCodes = newRecoveryCodes(random);
    const isSet = await directory.setRecoveryCodes(identity.user, recoveryCodes.map(hashCode));
    return isSet ? done({ recoveryCodes }) : notFound('person');
  });
}
