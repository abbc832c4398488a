import type { GatewayTicket } from '@maru/protocol';
import type { Identity } from '../../ports/credentials.ts';
import type { ApiDeps } from './deps.ts';

/** A host as `Host` may give it (RFC 9110 §7.2): a name, an IPv4 address or a bracketed IPv6 one, with a port or not. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const SOCKET_PATH = '/v1/connect';

/** Names the gateway to connect to, this process, by the name under which the client found it. */
export function gatewayTicket(deps: ApiDeps, identity: Identity, headers: Headers): GatewayTicket {
  return { url: gatewayUrl(deps.settings.publicUrl, headers), ...deps.credentials.issueTicket(identity) };
}

export function gatewayUrl(publicUrl: URL | undefined, headers: Headers): string {
  if (publicUrl !== undefined) {
    const base = `${publicUrl.protocol === 'https:' ? 'wss:' : 'ws:'}//${publicUrl.host}`;
    return `${base}${publicUrl.pathname.replace(/\/$/, '')}${SOCKET_PATH}`;
  }
  const host = headers.get('host') ?? '';
  return `ws://${HOST.test(host) ? host : 'localhost'}${SOCKET_PATH}`;
}
