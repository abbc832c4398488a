/**
 * A device in a process of its own, to be killed: `bun device-process.ts URL STORE ROOM LIFE COUNT TRANSPORT`. It says up to COUNT
 * messages, with a line of output for each as soon as the SDK has taken it, and ends when all that its store holds, that
 * of former lives included, is sent and no event of the room is missing.
 */
import { createClient, type TransportOption } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import { roomId } from '@maru/protocol';

const [baseUrl = '', file = '', roomText, life, count, transport] = process.argv.slice(2);
const room = roomId.parse(roomText);
await using client = await createClient({
  baseUrl,
  store: openSqliteStore(file),
  transport: transport as TransportOption,
  pollMs: 250,
});
await client.until(() => client.room(room) !== undefined);
await client.open(room);
for (let n = 0; n < Number(count); n++) {
  const text = `${life} ${n}`;
  await client.commands.send(room, text);
  await Bun.write(Bun.stdout, `${text}\n`);
}
await client.until(
  () =>
    client.connection.state === 'online' && !client.room(room)?.messages.some(({ seq }) => seq === undefined),
);
