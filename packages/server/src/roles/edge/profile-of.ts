import type { Profile } from '@maru/protocol';
import type { UserRecord } from '../../ports/directory.ts';

/** What others see of an account. */
export function profileOf({ user, handle, name, status, profileAt }: UserRecord): Profile {
  return { user, handle, name, ...(status !== '' && { status }), changedAt: profileAt };
}
