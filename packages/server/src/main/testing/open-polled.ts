import type { Identity } from '../../ports/credentials.ts';
import { ARRIVAL } from './composed-server.ts';
import { PollClient } from './poll-client.ts';
import { HELLO, type WiredGateway } from './wired-gateway.ts';

/** A poll, as it comes to a gateway that its own machine reaches. */
export function answerPoll({ gateway }: WiredGateway, request: Request, address: string): Promise<Response> {
  return gateway.poll(request, { ...ARRIVAL, address });
}

/** A polled session that has been welcomed, by a ticket. */
export async function openPolled(wired: WiredGateway, identity: Identity): Promise<PollClient> {
  await wired.people.signIn(identity);
  const client = new PollClient((request, address) => answerPoll(wired, request, address));
  const { ticket } = wired.credentials.issueTicket(identity);
  await client.take('welcome', [{ ...HELLO, ticket }]);
  return client;
}

/** Two people with a direct room; the first polls, the other has a carrier in memory. */
export async function openPair(wired: WiredGateway) {
  const [ada, bo] = [await wired.people.make(), await wired.people.make()];
  const polled = await openPolled(wired, ada);
  const other = await wired.open(bo);
  const room = await wired.people.direct(bo, ada, other);
  await polled.take('room');
  return { ada, bo, polled, other, room };
}
