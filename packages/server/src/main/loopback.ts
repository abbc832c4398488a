import type { AddressRanges } from '../roles/edge/address-ranges.ts';

/** Whether only this machine reaches an address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether a server is for its own machine alone: nobody reaches it from elsewhere, not through a proxy either. */
export function isPrivate({
  host,
  publicUrl,
  trustedProxies,
}: {
  readonly host: string;
  readonly publicUrl: URL | undefined;
  readonly trustedProxies: AddressRanges | undefined;
}): boolean {
  return isLoopback(host) && publicUrl === undefined && trustedProxies === undefined;
}
