import { expect, test } from 'bun:test';
import type { AnyContent, Content } from '@maru/protocol';
import { closeCodes } from '@maru/protocol';
import type { ContentCodec } from './content-codec.ts';
import { createClient } from './create-client.ts';
import { MemoryStore } from './store/memory-store.ts';
import { at, entry, events, message, messages, OTHER_DEVICE, ROOM, SIGNED_IN } from './testing/fixtures.ts';
import { goOnline, onlineClient, startClient } from './testing/online-client.ts';
import { ScriptedServer } from './testing/scripted-server.ts';

test('a store remembers who is signed in, and belongs to one device', async () => {
  const { client, store } = await startClient({ connect: false });
  await client[Symbol.asyncDispose]();
  const { environment } = new ScriptedServer();
  const options = { baseUrl: 'https://chat.example.org', store, environment, connect: false };
  const again = await createClient(options);
  expect([again.user, again.device]).toEqual([SIGNED_IN.user, SIGNED_IN.device]);
  const foreign = { ...SIGNED_IN, device: OTHER_DEVICE };
  await expect(createClient({ ...options, signedIn: foreign })).rejects.toMatchObject({
    code: 'store-mismatch',
  });
  const empty = createClient({ ...options, store: new MemoryStore() });
  await expect(empty).rejects.toMatchObject({ code: 'store-mismatch' });
});

test('signing out ends the token, erases what was stored, and keeps the ids that were used', async () => {
  const { client, server, store } = await onlineClient();
  const { clientMessageId } = await client.commands.send(ROOM, 'unsent');
  server.http = ({ method, url }) =>
    method === 'DELETE' && url.endsWith('/v1/sessions/current')
      ? { status: 204, body: new Uint8Array() }
      : undefined;
  await client.signOut();
  expect(client.connection).toEqual({ state: 'stopped', reason: 'signed-out' });
  expect(client.rooms).toEqual([]);
  const { identity, rooms, outbox, cursor, lastIds } = await store.load();
  expect(identity).toEqual({ user: SIGNED_IN.user, device: SIGNED_IN.device, token: undefined });
  expect([rooms, outbox, cursor]).toEqual([[], [], undefined]);
  expect([...lastIds]).toEqual([[ROOM, clientMessageId]]);
  expect(await store.events(ROOM, 1, 9)).toEqual([]);
});

test('a store that fails stops the client, which says so, and nothing is sent', async () => {
  let full = false;
  const sync = async () => {
    if (full) throw new Error('disk full');
  };
  const { client, server, faults } = await onlineClient(undefined, { store: new MemoryStore({ sync }) });
  full = true;
  await expect(client.commands.send(ROOM, 'hello')).rejects.toMatchObject({ code: 'closed' });
  expect(client.connection).toEqual({ state: 'stopped', reason: 'store-failed' });
  expect(faults.map(({ code }) => code)).toEqual(['store-failed']);
  expect(server.connection.all('send')).toEqual([]);
  await client[Symbol.asyncDispose]();
});

test('waiting for a connection ends when there will be none, or by a signal', async () => {
  const world = await startClient();
  const stopped = world.client.online().catch((error: unknown) => error);
  await world.server.connection.close(closeCodes.signedOut.code);
  expect(await stopped).toMatchObject({ code: 'closed' });
  const abort = new AbortController();
  const other = await startClient();
  const waiting = other.client.online(abort.signal);
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(other.client.online(abort.signal)).rejects.toThrow('enough');
});

test('a codec opens everything that comes, before it is stored or shown, and seals what goes', async () => {
  const codec: ContentCodec = {
    open: (_room, content) =>
      content.type === 'x-sealed' && 'of' in content ? (content.of as AnyContent) : content,
    seal: (_room, content): Content => ({ type: 'x-sealed', of: content }),
  };
  const sealed = (text: string) => ({ type: 'x-sealed', of: { type: 'text', text } });
  const list = [
    message(1, { content: sealed('one'), edited: { seq: at(9), at: 9, content: sealed('better') } }),
  ];
  const { client, server, store } = await onlineClient([entry(list)], { codec });
  await client.open(ROOM);
  const texts = () =>
    client.room(ROOM)?.messages.map(({ content }) => content && 'text' in content && content.text);
  await server.connection.push(events([message(2, { content: sealed('two') })]));
  await client.commands.send(ROOM, 'three');
  expect(texts()).toEqual(['better', 'two', 'three']);
  const { room, clientMessageId, content } = server.connection.last('send');
  expect(content).toEqual(sealed('three'));
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(3), at: 9 });
  expect(texts()).toEqual(['better', 'two', 'three']);
  await server.clock.advance(1_000);
  const stored = await store.events(ROOM, 1, 3);
  expect(stored.map((event) => event.content)).toEqual(
    ['one', 'two', 'three'].map((text) => ({ type: 'text', text })),
  );
});

test('a client that was never online keeps what it is given until it is', async () => {
  const world = await startClient({ store: new MemoryStore() });
  await world.client.commands.send(ROOM, 'hello');
  expect(world.server.connection.received).toEqual([]);
  await goOnline(world, [entry(messages(1, 1))]);
  expect(world.server.connection.last('send')).toMatchObject({ content: { text: 'hello' } });
});
