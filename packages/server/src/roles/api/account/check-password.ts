import { type ErrorBody, refusal } from '@maru/protocol';
import type { Identity } from '../../../ports/credentials.ts';
import type { Confirmation, Directory, UserRecord } from '../../../ports/directory.ts';
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

type Confirmed = Confirmation & { readonly kind: 'confirmed' };

/** As {@link checkPassword} for a device that is signed in, whose user does something by it that must not come too late. */
export async function confirm(
  { directory, passwords }: { directory: Pick<Directory, 'user'>; passwords: Passwords },
  { user, device }: Identity,
  password: string,
): Promise<Confirmed | { readonly kind: 'refused'; readonly error: ErrorBody }> {
  const record = await directory.user(user);
  const error = await checkPassword(passwords, record, password);
  const passwordHash = record?.passwordHash;
  return error !== undefined || passwordHash === undefined
    ? { kind: 'refused', error: error ?? wrongPassword() }
    : { kind: 'confirmed', user, device, passwordHash };
}

/** Said of a password that was right when it was checked, and is not any more. */
export function outdatedPassword(): ErrorBody {
  return refusal('invalid-credentials', 'The account has changed. Log in again.');
}

export function wrongPassword(): ErrorBody {
  return refusal('invalid-credentials', 'The handle or the password is wrong.');
}

export function busy({ retryAfterMs }: Busy): ErrorBody {
  return refusal('busy', 'Too many people log in at this moment. Try again.', { retryAfterMs });
}
