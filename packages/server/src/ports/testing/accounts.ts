import { newDeviceId, newUserId, type UserId } from '@maru/protocol';
import type { NewUser } from '../directory.ts';

/** When accounts are made and devices signed in. */
export const AT = 1_700_000_000_000;

let names = 0;

/** An account as a sign-up makes one, with a handle of its own. */
export function newUser(change: Partial<NewUser> = {}): NewUser {
  return {
    ...{ user: newUserId(), handle: `user${names++}`, name: '김하늘', passwordHash: 'argon', at: AT },
    ...{ recoveryHashes: [], administrator: false, inviteHash: undefined },
    ...change,
  };
}

/** A new device of theirs that is to be signed in, and the hash of its token. */
export function newDevice(user: UserId) {
  const device = newDeviceId();
  return { device, user, name: 'phone', tokenHash: `token of ${device}`, at: AT };
}
