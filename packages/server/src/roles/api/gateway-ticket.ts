import type { GatewayTicket } from '@maru/protocol';
import type { Identity } from '../../ports/credentials.ts';
import type { Arrival } from '../edge/arrival.ts';
import { gatewayUrl } from '../edge/gateway-url.ts';
import type { ApiDeps } from './deps.ts';

/** Names the gateway to connect to, this process, by the name under which the client found it. */
export function gatewayTicket(deps: ApiDeps, identity: Identity, arrival: Arrival): GatewayTicket {
  return { url: gatewayUrl(deps.settings.publicUrl, arrival), ...deps.credentials.issueTicket(identity) };
}
