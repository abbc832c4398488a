import { routes } from '@maru/protocol';
import type { Random } from '../../../ports/clock.ts';
import { hashCode, newCode } from '../../edge/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { done } from '../handler.ts';
import type { Register } from '../register.ts';
import { confirm, outdatedPassword } from './check-password.ts';

/** Recovery codes of an account. Each works once. */
const RECOVERY_CODES = 10;

export function newRecoveryCodes(random: Random): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => newCode(random));
}

/** New ones for who has used theirs up, or has one left that an administrator gave. */
export function registerRecoveryCodes(register: Register, deps: ApiDeps): void {
  const { directory, random } = deps;
  register(routes.renewRecoveryCodes, async ({ identity, body }) => {
    const by = await confirm(deps, identity, body.password);
    if (by.kind === 'refused') return by;
    const recoveryCodes = newRecoveryCodes(random);
    const outcome = await directory.setRecoveryCodes(by, recoveryCodes.map(hashCode));
    return outcome === 'done' ? done({ recoveryCodes }) : { kind: 'refused', error: outdatedPassword() };
  });
}
