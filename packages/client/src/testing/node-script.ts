/** Run by Node in a test: a device that sends one message and reads one. Prints what it saw as JSON. */
import { createClient, MemoryStore, systemEnvironment } from '../index.ts';
import { nodeEnvironment, wsTransport } from '../node/index.ts';
import { ROOM, SIGNED_IN } from './fixtures.ts';

const [baseUrl = '', carrier] = process.argv.slice(2);

await using client = await createClient({
  baseUrl,
  store: new MemoryStore(),
  signedIn: SIGNED_IN,
  environment: carrier === 'ws' ? systemEnvironment(wsTransport()) : nodeEnvironment(),
});
await client.online();
const sending = await client.commands.send(ROOM, 'from Node');
const outcome = await sending.outcome();
const seen: string[] = [];
for await (const { event } of client.tail({ from: 'start' })) {
  if (event.content?.type === 'text' && 'text' in event.content) seen.push(String(event.content.text));
  if (seen.length === 3) break;
}
process.stdout.write(`${JSON.stringify({ outcome, seen })}\n`);
