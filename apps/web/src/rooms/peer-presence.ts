import type { RoomSnapshot } from '@maru/client';
import type { UserPresence } from '@maru/protocol';

/**
 * Whether the other of two is there, as far as it is known: the user's own presence stands beside it. Where nobody can be
 * reached, what was known of them is over.
 */
export function peerPresence({
  peer,
  presence,
  unavailable,
}: Pick<RoomSnapshot, 'peer' | 'presence' | 'unavailable'>): UserPresence | undefined {
  return peer === undefined || unavailable ? undefined : presence?.users.find(({ user }) => user === peer);
}
