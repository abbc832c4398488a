import type { Profile } from '@maru/protocol';
import type { UserRecord } from '../../ports/directory.ts';

/** What others see of an account. */
export function profileOf({ user, handle, name, status, avatar, profileAt }: UserRecord): Profile {
  return {
    ...{ user, handle, name, changedAt: profileAt },
    ...(status !== '' && { status }),
    ...(avatar !== undefined && { avatar }),
  };
}
