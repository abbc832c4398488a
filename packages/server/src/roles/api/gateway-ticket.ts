import type { GatewayTicket } from '@maru/protocol';
import type { Identity } from '../../ports/credentials.ts';
import type { Arrival } from '../edge/arrival.ts';
import type { ApiDeps } from './deps.ts';

const SOCKET_PATH = '/v1/connect';

/** Names the gateway to connect to, this process, by the name under which the client found it. */
export function gatewayTicket(deps: ApiDeps, identity: Identity, arrival: Arrival): GatewayTicket {
  return { url: gatewayUrl(deps.settings.publicUrl, arrival), ...deps.credentials.issueTicket(identity) };
}

export function gatewayUrl(
  publicUrl: URL | undefined,
  { host, secure }: Pick<Arrival, 'host' | 'secure'>,
): string {
  if (publicUrl !== undefined) {
    const base = `${publicUrl.protocol === 'https:' ? 'wss:' : 'ws:'}//${publicUrl.host}`;
    return `${base}${publicUrl.pathname.replace(/\/$/, '')}${SOCKET_PATH}`;
  }
  return `${secure ? 'wss' : 'ws'}://${host === '' ? 'localhost' : host}${SOCKET_PATH}`;
}
