import type { Me } from '@maru/protocol';
import type { Identity } from '../../../ports/credentials.ts';
import type { UserRecord } from '../../../ports/directory.ts';
import { profileOf } from '../../edge/profile-of.ts';

/** An account as its user sees it, on the device that asks. */
export function describeMe(user: UserRecord, { device }: Identity): Me {
  const { hidePresence, findable, whoMayWrite, whoMayAdd } = user;
  return {
    ...profileOf(user),
    device,
    administrator: user.administrator,
    settings: { hidePresence, findable, whoMayWrite, whoMayAdd },
  };
}
