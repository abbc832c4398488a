import type { GatewayTicket } from '@maru/protocol';
import type { Clock } from '../environment.ts';
import type { Api } from './api.ts';

/** A ticket that ends sooner than this is not worth trying. */
const TICKET_LEFT_MS = 5_000;

/** Where to connect: the ticket that signing in gave, once, and then what the server says each time it is asked. */
export function gatewayTickets(
  api: Pick<Api, 'getGateway'>,
  clock: Pick<Clock, 'now'>,
  first: GatewayTicket | undefined,
): () => Promise<GatewayTicket> {
  let given = first;
  return async () => {
    const ticket = given;
    given = undefined;
    return ticket !== undefined && ticket.expiresAt - clock.now() > TICKET_LEFT_MS
      ? ticket
      : api.getGateway();
  };
}
