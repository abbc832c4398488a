import { deviceLink, limits, routes, type UserId } from '@maru/protocol';
import type { Directory } from '../../ports/directory.ts';
import { networkKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import type { Confirmer, OpenRequest } from '../edge/device-requests.ts';
import { isOriginAllowed } from '../edge/origin.ts';
import { TokenBuckets } from '../edge/token-bucket.ts';
import { signInDevice } from './account/sign-in-device.ts';
import { tooManyRequests } from './admit-anyone.ts';
import { type ApiDeps, endDevices } from './deps.ts';
import { done, nothing, refuse } from './handler.ts';
import type { Register } from './register.ts';

/** Wrong codes in a row from one user, after which there is one a minute (`[LINKDEV2]`). */
const WRONG_CODES = { perSecond: 1 / 60, burst: 10 };

/** A device without a password: what a new one asks, and what one that is signed in answers (`[LINKDEV1]`). */
export function registerDeviceRequests(register: Register, deps: ApiDeps): void {
  registerAsking(register, deps);
  registerAnswering(register, deps);
}

function registerAsking(register: Register, deps: ApiDeps): void {
  const { deviceRequests, directory, settings } = deps;

  register(routes.requestDevice, async ({ body, headers, arrival }) => {
    const { credential } = body.device;
    if (credential === 'cookie' && !isOriginAllowed(headers, arrival, deps.origins)) return badPage();
    const opened = deviceRequests.open(body.device, arrival.address);
    if (opened.kind === 'full') {
      const { whose, retryAfterMs } = opened;
      const message = 'Too many devices wait to be let in. Try again.';
      return refuse(whose === 'all' ? 'busy' : 'rate-limited', message, { retryAfterMs });
    }
    const { code, secret, expiresAt } = opened;
    const { publicUrl } = settings;
    return done({
      code,
      secret,
      expiresAt,
      ...(publicUrl !== undefined && { link: deviceLink(publicUrl.href, code) }),
    });
  });

  register(routes.waitForDevice, async ({ body }) => {
    const request = await deviceRequests.wait(body.secret, body.waitMs);
    if (request === undefined) return invalid();
    if (request.standing.kind === 'waiting') return done({ state: 'waiting' as const });
    const { handle, name } = request.standing.by;
    return done({ state: 'confirmed' as const, account: { handle, name } });
  });

  register(routes.claimDevice, async ({ body, headers, arrival }) => {
    const credential = deviceRequests.asked(body.secret)?.credential;
    if (credential === 'cookie' && !isOriginAllowed(headers, arrival, deps.origins)) return badPage();
    const taken = deviceRequests.take(body.secret, body.check);
    if (taken.kind === 'invalid') return invalid();
    if (taken.kind === 'wrong') return wrongCheck(taken.tries);
    const { by, asked, settle } = taken;
    const user = await directory.user(by.user);
    if (user === undefined || user.passwordHash !== by.passwordHash || !(await isSignedIn(directory, by))) {
      settle(undefined);
      return invalid();
    }
    const signedIn = await signInDevice(deps, user, asked, arrival);
    if (signedIn.kind === 'refused') {
      settle(undefined);
      return signedIn;
    }
    const { device } = signedIn.body;
    // Who let it in may have been signed out while it was: then it is not let in (`[LINKDEV5]`).
    if (!(await isSignedIn(directory, by))) {
      settle(undefined);
      await directory.signOut(by.user, device);
      endDevices(deps, by.user, [device]);
      return invalid();
    }
    settle(device);
    return done(signedIn.body, signedIn.cookies);
  });
}

function registerAnswering(register: Register, deps: ApiDeps): void {
  const { deviceRequests, directory, clock } = deps;
  const wrongCodes = new TokenBuckets(clock, WRONG_CODES);

  /** Takes a try before the code is looked at, and gives it back where it was right. */
  function counted<R>(user: UserId, find: () => R | undefined | false): Counted<R> {
    const retryAfterMs = wrongCodes.take(user);
    if (retryAfterMs > 0) return { kind: 'refused', error: tooManyRequests(retryAfterMs) };
    const found = find();
    if (found === undefined || found === false) return invalid();
    wrongCodes.giveBack(user);
    return { kind: 'found', found };
  }

  register(routes.lookAtDevice, async ({ identity, body, arrival }) => {
    const looked = counted(identity.user, () => deviceRequests.look(body.code, identity.user));
    return looked.kind === 'found' ? done(describe(looked.found, arrival)) : looked;
  });

  register(routes.confirmDevice, async ({ identity, body }) => {
    const user = await directory.user(identity.user);
    if (user === undefined) return invalid();
    const { passwordHash, handle, name } = user;
    const by = { ...identity, passwordHash, handle, name };
    const confirmed = counted(identity.user, () => deviceRequests.confirm(body.code, by));
    return confirmed.kind === 'found' ? done(confirmed.found) : confirmed;
  });

  register(routes.refuseDevice, async ({ identity, body }) => {
    const refused = counted(identity.user, () => deviceRequests.refuse(body.code, identity.user));
    return refused.kind === 'found' ? nothing() : refused;
  });
}

type Counted<R> = ReturnType<typeof refuse> | { readonly kind: 'found'; readonly found: R };

function describe({ asked, address, askedAt, expiresAt, standing }: OpenRequest, arrival: Arrival) {
  return {
    name: asked.name,
    address,
    sameNetwork: address !== '' && networkKey(address) === networkKey(arrival.address),
    askedAt,
    expiresAt,
    state: standing.kind === 'taken' ? ('signed-in' as const) : standing.kind,
    device: standing.kind === 'taken' ? standing.device : undefined,
  };
}

async function isSignedIn(directory: Directory, { user, device }: Confirmer): Promise<boolean> {
  const devices = await directory.devices(user);
  return devices.some((record) => record.device === device && record.signedIn);
}

function badPage() {
  return refuse('origin-refused', 'This page may not ask for a cookie.');
}

function invalid() {
  return refuse(
    'device-request-invalid',
    'There is no such request: it was used, refused, or is older than five minutes. Begin anew on the new device.',
  );
}

function wrongCheck(given: number) {
  const value = limits.DEVICE_CHECK_TRIES_MAX;
  const left = value - given;
  const message =
    left > 0
      ? `These are not the digits that the other device shows. You can try ${left === 1 ? 'once' : 'twice'} more.`
      : 'These were not the digits that the other device shows. Begin anew.';
  return refuse('check-wrong', message, { limit: { name: 'DEVICE_CHECK_TRIES_MAX', value }, given });
}
