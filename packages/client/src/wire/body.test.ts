import { expect, test } from 'bun:test';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { at, entry, message, ROOM } from '../testing/fixtures.ts';
import { onlineClient, type World } from '../testing/online-client.ts';
import { bytes } from '../testing/scripted-server.ts';

const text = '긴 글 👨‍👩‍👧‍👦 '.repeat(5_000);
const whole = new TextEncoder().encode(JSON.stringify({ type: 'text', text }));
const long = { bytes: whole.length, sha256: bytesToHex(sha256(whole)) };
const preview = { type: 'text' as const, text: text.slice(0, 100), long };

async function clientWith(event: ReturnType<typeof message>): Promise<World> {
  return onlineClient([entry([message(1), event])]);
}

test('[LIMIT5] a long message is fetched when it is opened, and checked by its hash', async () => {
  const { client, server } = await clientWith(message(2, { content: preview }));
  server.http = () => bytes(200, whole);
  expect(await client.openBody(ROOM, at(2))).toEqual({ type: 'text', text });
  expect(server.requests.at(-1)?.url).toBe(`https://chat.example.org/v1/rooms/${ROOM}/events/2/body`);
  expect(client.room(ROOM)?.latest?.content).toEqual(preview);
});

test('[LIMIT5] a body that is not what its message names is not shown', async () => {
  const { client, server } = await clientWith(message(2, { content: preview }));
  const other = whole.slice();
  other[100] = (other[100] ?? 0) ^ 1;
  server.http = () => bytes(200, other);
  await expect(client.openBody(ROOM, at(2))).rejects.toMatchObject({ code: 'body-corrupt' });
  server.http = () => bytes(200, whole.slice(1));
  await expect(client.openBody(ROOM, at(2))).rejects.toMatchObject({ code: 'body-corrupt' });
});

test('[LIMIT5] the body of an edited message is that of its newest edit', async () => {
  const edited = { seq: at(9), at: 9, content: preview };
  const { client, server } = await clientWith(message(2, { edited }));
  server.http = () => bytes(200, whole);
  await client.openBody(ROOM, at(2));
  expect(server.requests.at(-1)?.url).toEndWith('/events/9/body');
});

test('a short message is all there is', async () => {
  const { client, server } = await clientWith(message(2));
  const before = server.requests.length;
  expect(await client.openBody(ROOM, at(2))).toEqual({ type: 'text', text: 'message 2' });
  expect(server.requests).toHaveLength(before);
});
