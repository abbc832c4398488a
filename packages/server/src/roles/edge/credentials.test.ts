import { beforeEach, describe, expect, test } from 'bun:test';
import { newDeviceId, newUserId } from '@maru/protocol';
import { createMemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Directory } from '../../ports/directory.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { type CredentialStore, createCredentials, TOUCH_MS } from './credentials.ts';
import { hashSecret, newToken } from './secrets.ts';

const random = seededRandom();
let clock: ManualClock;
let directory: Directory;
let credentials: CredentialStore;

beforeEach(() => {
  clock = new ManualClock();
  directory = createMemoryEngine().directory;
  credentials = createCredentials({ directory, clock, random, identitiesMax: 2 });
});

async function signedIn() {
  const user = newUserId();
  await directory.createUser({
    user,
    handle: user.slice(-20),
    name: 'Somebody',
    passwordHash: 'hash',
    recoveryHashes: [],
    administrator: false,
    inviteHash: undefined,
    at: clock.now(),
  });
  const device = newDeviceId();
  const token = newToken(random);
  await directory.signIn({ device, user, name: 'laptop', tokenHash: hashSecret(token), at: clock.now() }, 50);
  return { token, identity: { user, device, administrator: false } };
}

describe('tokens', () => {
  test('a token names its user and device', async () => {
    const { token, identity } = await signedIn();
    expect(await credentials.identify(token)).toEqual(identity);
    expect(await credentials.identify(token)).toEqual(identity);
  });

  test('what is no token of ours is nobody', async () => {
    for (const token of ['', 'maru_', newToken(random), `maru_${'a'.repeat(10_000)}`, 'Bearer']) {
      expect(await credentials.identify(token)).toBeUndefined();
    }
  });

  test('[PRIV9] a signed-out token is refused, however often it was seen before', async () => {
    const { token, identity } = await signedIn();
    await credentials.identify(token);
    await directory.signOut(identity.user, identity.device);
    credentials.forget([identity.device]);
    expect(await credentials.identify(token)).toBeUndefined();
  });

  test('[PRIV9] a look-up that is overtaken by the sign-out does not bring the token back', async () => {
    const { token, identity } = await signedIn();
    // The directory has answered before the sign-out, and the answer is still on its way.
    const stale = await directory.deviceByToken(hashSecret(token));
    const arrival = Promise.withResolvers<typeof stale>();
    const answers = [arrival.promise];
    const slow = {
      ...directory,
      deviceByToken: (hash: string) => answers.shift() ?? directory.deviceByToken(hash),
    };
    credentials = createCredentials({ directory: slow, clock, random });
    const looking = credentials.identify(token);
    await directory.signOut(identity.user, identity.device);
    credentials.forget([identity.device]);
    arrival.resolve(stale);
    expect(await looking).toBeUndefined();
    expect(await credentials.identify(token)).toBeUndefined();
  });

  test('more tokens than are kept in memory are all known', async () => {
    const people = [await signedIn(), await signedIn(), await signedIn(), await signedIn()];
    for (const { token, identity } of [...people, ...people]) {
      expect(await credentials.identify(token)).toEqual(identity);
    }
  });

  test('a device that signs in again is known by its new token alone', async () => {
    const { token, identity } = await signedIn();
    await credentials.identify(token);
    const renewed = newToken(random);
    await directory.signIn(
      { ...identity, name: 'laptop', tokenHash: hashSecret(renewed), at: clock.now() },
      50,
    );
    credentials.forget([identity.device]);
    expect(await credentials.identify(token)).toBeUndefined();
    expect(await credentials.identify(renewed)).toEqual(identity);
  });
});

describe('tickets', () => {
  test('[WIRE6] a ticket is redeemed once', async () => {
    const { identity } = await signedIn();
    const { ticket } = credentials.issueTicket(identity);
    expect(await credentials.redeemTicket(ticket)).toEqual(identity);
    expect(await credentials.redeemTicket(ticket)).toBeUndefined();
  });

  test('[PRIV9] a ticket of a device that was signed out opens nothing', async () => {
    const { identity } = await signedIn();
    const { ticket } = credentials.issueTicket(identity);
    await directory.signOut(identity.user, identity.device);
    credentials.forget([identity.device]);
    // Issued to a request that had passed the check before the sign-out.
    const late = credentials.issueTicket(identity).ticket;
    expect(await credentials.redeemTicket(ticket)).toBeUndefined();
    expect(await credentials.redeemTicket(late)).toBeUndefined();
  });
});

describe('signs of life', () => {
  test('are written together, some time later', async () => {
    const { token, identity } = await signedIn();
    const lastSeen = async () => (await directory.devices(identity.user))[0]?.lastSeenAt;
    const before = clock.now();
    clock.advance(1_000);
    await credentials.identify(token);
    expect(await lastSeen()).toBe(before);
    clock.advance(TOUCH_MS);
    await credentials.close();
    expect(await lastSeen()).toBe(before + 1_000);
  });

  test('[DUR6] are written when the server ends', async () => {
    const { token, identity } = await signedIn();
    clock.advance(5_000);
    await credentials.identify(token);
    await credentials.close();
    expect((await directory.devices(identity.user))[0]?.lastSeenAt).toBe(clock.now());
  });
});
