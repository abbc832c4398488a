import type { DeviceId, UserId } from '@maru/protocol';
import type { Random } from '../../../ports/clock.ts';
import type { Directory } from '../../../ports/directory.ts';
import { NOBODYS_HASH } from '../../edge/passwords.ts';
import { hashCode, newCode } from '../../edge/secrets.ts';

export interface PasswordReset {
  /** To be handed to the user: sets a new password, once. It is stored as a hash, and said nowhere else. */
  readonly recoveryCode: string;
  readonly signedOut: readonly DeviceId[];
}

/**
 * Ends a user's password, recovery codes and tokens, and makes one recovery code (`[ADMIN5]`): so nobody but the user
 * ever knows the password that comes next. `undefined`: there is no such account.
 */
export async function resetPassword(
  directory: Directory,
  random: Random,
  user: UserId,
): Promise<PasswordReset | undefined> {
  const recoveryCode = newCode(random);
  const signedOut = await directory.resetPassword(user, NOBODYS_HASH, hashCode(recoveryCode));
  return signedOut === 'not-found' ? undefined : { recoveryCode, signedOut };
}
