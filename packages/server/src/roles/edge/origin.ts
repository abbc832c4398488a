import type { Arrival } from './arrival.ts';

/**
 * Whether a request may use its cookie (`[PRIV10]`): a browser attaches it to requests that any page makes, and tells in
 * `Origin` (RFC 6454 §7) which page that was. Allowed is a page of this very server, or of an origin that the operator
 * named. Browsers send `Origin` with every request that changes state and with every WebSocket, so none means no.
 */
export function isOriginAllowed(
  headers: Headers,
  { host, secure }: Pick<Arrival, 'host' | 'secure'>,
  allowed: ReadonlySet<string>,
): boolean {
  const origin = headers.get('origin');
  if (origin === null || origin === 'null') return false;
  if (allowed.has(origin)) return true;
  const page = URL.parse(origin);
  if (page === null || page.host !== host) return false;
  if (page.protocol === 'https:') return true;
  // Where people come by https, anybody on the way can be a page of the same name without it.
  return page.protocol === 'http:' && !secure && !allowed.has(`https://${page.host}`);
}
