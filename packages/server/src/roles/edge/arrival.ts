import { isIP } from 'node:net';
import type { AddressRanges } from './address-ranges.ts';

/** A host as `Host` may give it (RFC 9110 §7.2): a name, an IPv4 address or a bracketed IPv6 one, with a port or not. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** How a request came here, as far as that can be believed (`[PRIV11]`). */
export interface Arrival {
  /** The client's IP address; empty where the runtime can't tell it any more. */
  readonly address: string;
  /** The name and port by which the client looked for this server, as a URL has them; empty if it named none. */
  readonly host: string;
  /** Whether it came from the client by https. */
  readonly secure: boolean;
}

/** What is known without asking the request. */
export interface Ground {
  /** The other end of the connection. */
  readonly peer: string;
  /** Whether the connection is TLS of our own. */
  readonly tls: boolean;
  /** Whose word is taken for what came to them. */
  readonly trustedProxies: AddressRanges | undefined;
  /** Where people reach this server, if the operator said so. */
  readonly publicUrl: URL | undefined;
}

/**
 * Believes `X-Forwarded-For`, `-Proto` and `-Host` where the other end is a trusted proxy, and of each what the nearest
 * proxy wrote, which is the last element: what stands before it may be the client's own invention.
 */
export function arrivalOf(headers: Headers, { peer, tls, trustedProxies, publicUrl }: Ground): Arrival {
  const arrived = (address: string, secure: boolean, host: string) => ({
    address,
    secure,
    host: hostIn(host, secure),
  });
  const host = headers.get('host') ?? '';
  if (trustedProxies?.has(peer) !== true) return arrived(peer, tls, host);
  const proto = lastOf(headers.get('x-forwarded-proto'))?.toLowerCase();
  // Some proxies (Traefik) say `wss` of a WebSocket.
  const secure =
    proto === undefined ? tls || publicUrl?.protocol === 'https:' : proto === 'https' || proto === 'wss';
  const address = clientAddress(headers.get('x-forwarded-for'), peer, trustedProxies);
  return arrived(address, secure, lastOf(headers.get('x-forwarded-host')) ?? host);
}

/** The right-most address that is no trusted proxy's. What can't be read ends what can be believed. */
function clientAddress(forwarded: string | null, peer: string, trusted: AddressRanges): string {
  let client = peer;
  for (const element of elementsOf(forwarded).reverse()) {
    const address = addressIn(element);
    if (address === undefined) return client;
    client = address;
    if (!trusted.has(address)) return client;
  }
  return client;
}

/** Some proxies (Azure's) add the port. */
function addressIn(element: string): string | undefined {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(element) ?? [];
  const [, dotted] = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(element) ?? [];
  const address = bracketed ?? dotted ?? element;
  return isIP(address) === 0 ? undefined : address;
}

function elementsOf(list: string | null): string[] {
  return (list ?? '')
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

function lastOf(list: string | null): string | undefined {
  return elementsOf(list).at(-1);
}

/** In lower case, and without the port that the scheme implies: so it can be compared with a page's origin. */
function hostIn(text: string, secure: boolean): string {
  const url = HOST.test(text) ? URL.parse(`${secure ? 'https' : 'http'}://${text}`) : null;
  return url?.host ?? '';
}
