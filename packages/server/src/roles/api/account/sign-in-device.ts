import { type DeviceId, type ErrorBody, limits, newDeviceId, refusal, type SignedIn } from '@maru/protocol';
import type { UserRecord } from '../../../ports/directory.ts';
import type { Arrival } from '../../edge/arrival.ts';
import { accountSuspended } from '../../edge/authenticate.ts';
import type { AskedDevice } from '../../edge/device-requests.ts';
import { hashSecret, newToken } from '../../edge/secrets.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { gatewayTicket } from '../gateway-ticket.ts';
import { isCookieSecure, tokenCookies } from '../token-cookie.ts';
import { outdatedPassword } from './check-password.ts';

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly body: SignedIn; readonly cookies: readonly string[] }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/**
 * Gives a device of `user`, who has just shown to be it, a token. An id that is another user's is passed over:
 * two people who share an installation get one each.
 */
export async function signInDevice(
  deps: ApiDeps,
  user: UserRecord,
  wanted: AskedDevice,
  arrival: Arrival,
): Promise<SignInOutcome> {
  const token = newToken(deps.random);
  const sign = (device: DeviceId) =>
    deps.directory.signIn(
      { device, user: user.user, name: wanted.name, tokenHash: hashSecret(token), at: deps.clock.now() },
      limits.DEVICES_MAX,
    );
  let device = wanted.device ?? newDeviceId(deps.uuids);
  let outcome = await sign(device);
  if (outcome === 'foreign') {
    device = newDeviceId(deps.uuids);
    outcome = await sign(device);
  }
  if (outcome === 'suspended') return { kind: 'refused', error: accountSuspended() };
  if (outcome !== 'signed-in') return devicesFull();
  // The device's earlier token, if it had one, has just been replaced.
  deps.credentials.forget([device]);
  if (await changedMeanwhile(deps, user)) {
    await deps.directory.signOut(user.user, device);
    endDevices(deps, user.user, [device]);
    return { kind: 'refused', error: outdatedPassword() };
  }
  const identity = { user: user.user, device, administrator: user.administrator };
  const { handle, name } = user;
  const gateway = gatewayTicket(deps, identity, arrival);
  const body = { user: user.user, device, handle, name, gateway };
  if (wanted.credential === 'bearer') return { kind: 'signed-in', body: { ...body, token }, cookies: [] };
  const secure = isCookieSecure(arrival, deps.settings);
  return { kind: 'signed-in', body, cookies: tokenCookies(token, secure) };
}

/** A new password, or the account's end, while the old password was being checked: its sign-out came too early for us. */
async function changedMeanwhile(deps: ApiDeps, user: UserRecord): Promise<boolean> {
  const now = await deps.directory.user(user.user);
  if (now === undefined || now.deletedAt !== undefined || now.suspendedAt !== undefined) return true;
  return now.passwordHash !== user.passwordHash;
}

function devicesFull(): SignInOutcome {
  const value = limits.DEVICES_MAX;
  return {
    kind: 'refused',
    error: refusal('devices-full', `The account has ${value} devices. Sign one out first.`, {
      limit: { name: 'DEVICES_MAX', value },
    }),
  };
}
