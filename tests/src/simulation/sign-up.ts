import { newDeviceId, newUserId, type UserId } from '@maru/protocol';
import type { SeededRandom } from './seeded-random.ts';
import type { SimIdentity } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';

const DEVICES_MAX = 50;

/** Makes somebody's account. */
export async function makeAccount(
  { directory }: SimServer['engine'],
  random: SeededRandom,
  handle: string,
  name = handle,
): Promise<UserId> {
  const user = newUserId(() => random.bytes(16));
  await directory.createUser({
    ...{ user, handle, name, at: 0, passwordHash: undefined, inviteHash: undefined },
    recoveryHashes: [],
    administrator: false,
  });
  return user;
}

/** Signs one more device of theirs in. */
export async function signIn(
  { directory }: SimServer['engine'],
  random: SeededRandom,
  user: UserId,
): Promise<SimIdentity> {
  const device = newDeviceId(() => random.bytes(16));
  const token = `maru_${device}`;
  const tokenHash = new Bun.CryptoHasher('sha256').update(token).digest('hex');
  await directory.signIn({ device, user, name: 'sim', tokenHash, at: 0 }, DEVICES_MAX);
  return { user, device, token };
}
