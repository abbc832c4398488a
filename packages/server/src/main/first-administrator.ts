import type { Clock, Random } from '../ports/clock.ts';
import type { Directory } from '../ports/directory.ts';
import { hashCode, newCode } from '../roles/edge/secrets.ts';

/** How long the invite is good, unless a later start gives another, which it does while there is no administrator. */
const INVITE_TTL_MS = 7 * 24 * 3_600_000;

/** A one-time invite that makes its user the administrator; none where there is one. */
export async function inviteFirstAdministrator(
  directory: Directory,
  clock: Clock,
  random: Random,
): Promise<string | undefined> {
  if (await directory.hasAdministrator()) return undefined;
  const invite = newCode(random);
  await directory.createInvite(hashCode(invite), undefined, clock.now() + INVITE_TTL_MS, true);
  return invite;
}
