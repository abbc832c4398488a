import { type ErrorBody, newUserId, refusal, routes } from '@maru/protocol';
import { newAccount } from '../../../ports/new-account.ts';
import { isOriginAllowed } from '../../edge/origin.ts';
import { strangerFrom } from '../../edge/passwords.ts';
import { hashCode } from '../../edge/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { done, refuse } from '../handler.ts';
import type { Register } from '../register.ts';
import { busy } from './check-password.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { signInDevice } from './sign-in-device.ts';

export function registerSignUp(register: Register, deps: ApiDeps): void {
  const { directory, passwords, random, clock } = deps;
  register(routes.signUp, async ({ body, headers, arrival }) => {
    if (body.device.credential === 'cookie' && !isOriginAllowed(headers, arrival, deps.origins)) {
      return refuse('origin-refused', 'This page may not ask for a cookie.');
    }
    const inviteHash = body.invite === undefined ? undefined : hashCode(body.invite);
    const admission = await admit(deps, inviteHash);
    if (admission.kind === 'refused') return admission;
    if ((await directory.userByHandle(body.handle)) !== undefined) return handleTaken();
    const hashed = await passwords.hash(body.password, strangerFrom(arrival.address));
    if (hashed.kind === 'busy') return { kind: 'refused', error: busy(hashed) };

    const recoveryCodes = newRecoveryCodes(random);
    const at = clock.now();
    const user = {
      user: newUserId(deps.uuids),
      handle: body.handle,
      name: body.name,
      passwordHash: hashed.hash,
      administrator: admission.administrator,
    };
    const recoveryHashes = recoveryCodes.map(hashCode);
    const created = await directory.createUser({ ...user, recoveryHashes, inviteHash, at });
    if (created === 'handle-taken') return handleTaken();
    if (created === 'invite-invalid') return { kind: 'refused', error: badInvite() };

    const signedIn = await signInDevice(deps, { ...user, ...newAccount(at) }, body.device, arrival);
    if (signedIn.kind === 'refused') return signedIn;
    return done({ ...signedIn.body, recoveryCodes }, signedIn.cookies);
  });
}

type Admission =
  | { readonly kind: 'admitted'; readonly administrator: boolean }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/**
 * Whether the policy lets this person in. An administrator's invite comes from the server's first start; it works under
 * any policy, and only until there is an administrator.
 */
async function admit(
  { directory, clock, settings }: ApiDeps,
  inviteHash: string | undefined,
): Promise<Admission> {
  const invite = inviteHash === undefined ? undefined : await directory.invite(inviteHash, clock.now());
  const first = invite?.administrator === true && !(await directory.hasAdministrator());
  if (first) return { kind: 'admitted', administrator: true };
  const valid = invite !== undefined && !invite.administrator;
  if (settings.signUp === 'closed') {
    return { kind: 'refused', error: refusal('sign-up-closed', 'This server takes nobody new.') };
  }
  if (inviteHash !== undefined && !valid) return { kind: 'refused', error: badInvite() };
  if (settings.signUp === 'invite' && !valid) {
    return { kind: 'refused', error: refusal('invite-required', 'Ask an administrator for an invite.') };
  }
  return { kind: 'admitted', administrator: false };
}

/** Said of an invite that was never made, was used or has expired: alike. */
export function badInvite(): ErrorBody {
  return refusal('invite-required', 'The invite is unknown, used or expired.', { field: 'invite' });
}

function handleTaken() {
  return refuse('handle-taken', 'Somebody else has this handle.', { field: 'handle' });
}
