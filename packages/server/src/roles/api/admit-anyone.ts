import { type ErrorBody, refusal } from '@maru/protocol';
import { addressKey, networkKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import { isOriginAllowed } from '../edge/origin.ts';
import { refusalOfType } from '../edge/read-body.ts';
import type { TokenBuckets } from '../edge/token-bucket.ts';

export interface StrangerLimits {
  /** Origins besides the server's own whose pages may use it. */
  readonly origins: ReadonlySet<string>;
  /** By address, for log-ins, sign-ups and recoveries; by user, where a device asks again for the password (`[LIMIT6]`). */
  readonly accountRates: TokenBuckets;
  /** By the network around it (`networkKey`), for the same: what all its addresses may do together (`[LIMIT9]`). */
  readonly networkRates: TokenBuckets;
}

/**
 * Why somebody who is nobody yet may not sign up, log in or recover now; `undefined` if they may. What any page can make
 * its visitors send is refused before it is counted: it would use up what they have (`[PRIV10]`).
 *
 * @param counts whether it is an attempt at all, or only asks what became of one
 */
export function refusalOfAnyone(
  { headers }: Request,
  arrival: Arrival,
  { accountRates, networkRates, origins }: StrangerLimits,
  counts = true,
): ErrorBody | undefined {
  const error = refusalOfType(headers) ?? refusalOfPage(headers, arrival, origins);
  if (error !== undefined || !counts) return error;
  const { address } = arrival;
  const wait = accountRates.take(addressKey(address));
  if (wait > 0) return tooManyRequests(wait);
  const waitOfNetwork = networkRates.take(networkKey(address));
  if (waitOfNetwork === 0) return undefined;
  accountRates.giveBack(addressKey(address));
  return tooManyRequests(waitOfNetwork);
}

/** Programs name no origin, pages always do here. */
function refusalOfPage(headers: Headers, arrival: Arrival, origins: ReadonlySet<string>) {
  if (!headers.has('origin') || isOriginAllowed(headers, arrival, origins)) return undefined;
  return refusal('origin-refused', 'Pages of this origin may not use this server.');
}

export function tooManyRequests(retryAfterMs: number): ErrorBody {
  return refusal('rate-limited', 'Too many requests. Wait a little.', { retryAfterMs });
}
