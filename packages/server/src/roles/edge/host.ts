import { isIP } from 'node:net';

/** The name or address in a host as a URL has it (`host`), without the port; an IPv6 address keeps its brackets. */
export function nameIn(host: string): string {
  return host.replace(/:\d+$/, '');
}

/**
 * Whether a host can mean this machine to a browser on it. A name that somebody else's DNS gives may be theirs: their
 * page, led to this server by it (DNS rebinding), would pass for one of this server's. Addresses and `localhost`
 * (RFC 6761 §6.3) can't be led anywhere.
 */
export function isOwnHost(host: string): boolean {
  const isName = isIP(host.replace(/^\[|\]$/g, '')) === 0;
  return !isName || /^(?:.+\.)?localhost$/.test(host);
}
