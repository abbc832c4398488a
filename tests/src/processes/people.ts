import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type DeviceId, limits, newDeviceId, newUserId, type UserId } from '@maru/protocol';
import { type Logger, openEngine } from '@maru/server';

/** One installation of somebody, signed in. */
export interface DeviceIdentity {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly token: string;
}

export interface PersonIdentity {
  readonly user: UserId;
  readonly name: string;
  readonly devices: readonly DeviceIdentity[];
}

const silent: Logger = { info() {}, warn() {}, error() {} };

/**
 * Makes accounts with signed-in devices in a data folder that no server has open. Through the store's own port, for
 * signing up hashes one password at a time on purpose, and a thousand of them take a minute.
 */
export async function seedPeople(
  dataFolder: string,
  names: readonly string[],
  devicesEach = 2,
): Promise<PersonIdentity[]> {
  mkdirSync(dataFolder, { recursive: true });
  await using engine = await openEngine(dataFolder, silent);
  const { directory } = engine;
  const at = Date.now();
  const people = names.map((name) => {
    const user = newUserId();
    const devices = Array.from({ length: devicesEach }, () => newDevice(user));
    return { user, name, devices };
  });
  await directory.createPlaceholders(
    people.map(({ user, name }, n) => ({ user, handle: `person.${n}`, name, at })),
  );
  const signIns = people.flatMap(({ devices }) =>
    devices.map(({ user, device, token }, n) => {
      const tokenHash = createHash('sha256').update(token).digest('hex');
      return directory.signIn({ user, device, name: `device ${n}`, tokenHash, at }, limits.DEVICES_MAX);
    }),
  );
  for (const outcome of await Promise.all(signIns)) {
    if (outcome !== 'signed-in') throw new Error(`a device was not signed in: ${outcome}`);
  }
  return people;
}

function newDevice(user: UserId): DeviceIdentity {
  const token = `maru_${crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url' })}`;
  return { user, device: newDeviceId(), token };
}
