import { type ErrorBody, refusal } from '@maru/protocol';
import { addressKey, networkKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import type { TokenBuckets } from '../edge/token-bucket.ts';

export interface StrangerLimits {
  /** By address, for log-ins, sign-ups and recoveries; by user, where a device asks again for the password (`[LIMIT6]`). */
  readonly accountRates: TokenBuckets;
  /** By the network around it (`networkKey`), for the same: what all its addresses may do together (`[LIMIT9]`). */
  readonly networkRates: TokenBuckets;
}

/** Why somebody who is nobody yet may not sign up, log in or recover now; `undefined` if they may. */
export function refusalOfAnyone(
  _request: Request,
  { address }: Arrival,
  { accountRates, networkRates }: StrangerLimits,
): ErrorBody | undefined {
  const wait = accountRates.take(addressKey(address));
  if (wait > 0) return tooManyRequests(wait);
  const waitOfNetwork = networkRates.take(networkKey(address));
  if (waitOfNetwork === 0) return undefined;
  accountRates.giveBack(addressKey(address));
  return tooManyRequests(waitOfNetwork);
}

export function tooManyRequests(retryAfterMs: number): ErrorBody {
  return refusal('rate-limited', 'Too many requests. Wait a little.', { retryAfterMs });
}
