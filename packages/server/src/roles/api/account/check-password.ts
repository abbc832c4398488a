import { type ErrorBody, refusal } from '@maru/protocol';
import type { UserRecord } from '../../../ports/directory.ts';
import { type Asker, type Busy, knownAsker, type Passwords } from '../../edge/passwords.ts';

/**
 * Whether this is the account's password. `undefined` is yes. No account, an ended one, one without a password and a
 * wrong password cost the same and get the same answer. Unless said otherwise it is the user who asks, signed in.
 */
export async function checkPassword(
  passwords: Passwords,
  user: UserRecord | undefined,
  password: string,
  asker: Asker | undefined = user && knownAsker(user.user),
): Promise<ErrorBody | undefined> {
  const hash = user?.deletedAt === undefined ? user?.passwordHash : undefined;
  const outcome = await passwords.verify(password, hash, asker);
  if (outcome.kind === 'busy') return busy(outcome);
  return outcome.matches ? undefined : wrongPassword();
}

export function wrongPassword(): ErrorBody {
  return refusal('invalid-credentials', 'The handle or the password is wrong.');
}

export function busy({ retryAfterMs }: Busy): ErrorBody {
  return refusal('busy', 'Too many people log in at this moment. Try again.', { retryAfterMs });
}
