import { expect, test } from 'bun:test';
import { closeCodes, limits } from '@maru/protocol';
import { cursorAt, OTHER, SIGNED_IN, synced, welcome } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient } from '../testing/online-client.ts';
import { json, ScriptedServer } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

test('it connects where the server told it, and greets with the ticket', async () => {
  const { server, client } = await startClient();
  expect(server.requests.map(({ url }) => url)).toEqual(['https://chat.example.org/v1/gateway']);
  expect(server.requests[0]?.headers.authorization).toBe('Bearer a-token');
  expect(server.connection.url).toBe('wss://gateway-7.example.org/v1/socket');
  expect(server.connection.received).toEqual([]);
  expect(client.connection.state).toBe('connecting');
  server.connection.open();
  expect(server.connection.last('hello')).toMatchObject({ versions: [1], ticket: 'ticket-1' });
  await server.connection.push(welcome());
  expect(client.connection.state).toBe('syncing');
  await server.connection.push(synced(server.connection.last('sync').id, []));
  expect(client.connection.state).toBe('online');
});

test.each([{ capabilities: [] }, { capabilities: ['telepathy'] }])(
  '[WIRE1] it names all that it can do, and takes a server that can do other things: %j',
  async ({ capabilities }) => {
    const { server, client, faults } = await startClient();
    server.connection.open();
    expect(server.connection.last('hello').capabilities).toEqual(['receipts', 'presence', 'typing']);
    await server.connection.push(welcome({ capabilities: [...capabilities] }));
    await server.connection.push(synced(server.connection.last('sync').id, []));
    expect(client.connection.state).toBe('online');
    expect(faults).toEqual([]);
  },
);

test('the ticket that signing in gave is used once, and only while it holds', async () => {
  const server = new ScriptedServer();
  const gateway = { url: 'wss://first.example.org', ticket: 'given', expiresAt: server.clock.now() + 60_000 };
  const world = await startClient({ signedIn: { ...SIGNED_IN, gateway } }, server);
  expect(server.connection.url).toBe('wss://first.example.org');
  await goOnline(world);
  expect(server.connection.last('hello').ticket).toBe('given');
  await server.connection.close(1006);
  await reconnect(world);
  expect(server.connection.url).toBe('wss://gateway-7.example.org/v1/socket');
});

test('a welcome that came twice changes nothing, and what was asked is answered', async () => {
  const world = await startClient();
  const { server, client } = world;
  server.connection.open();
  await server.connection.push(welcome({ cursor: cursorAt(1) }), welcome({ cursor: cursorAt(1) }));
  const { id } = server.connection.last('sync');
  expect(server.connection.all('sync')).toHaveLength(1);
  await server.connection.push(synced(id, [], { cursor: cursorAt(1) }));
  expect(client.connection.state).toBe('online');
});

test('[SLOW3] a cut means reconnect with the cursor', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  await server.connection.close(1006);
  expect(client.connection.state).toBe('waiting');
  await reconnect(world);
  server.connection.open();
  expect(server.connection.last('hello').cursor).toBe(cursorAt(1));
});

test('[SLOW3] signed out, replaced, a version that nobody knows: it stops and says why', async () => {
  for (const [close, reason] of [
    [closeCodes.signedOut, 'signed-out'],
    [closeCodes.suspended, 'suspended'],
    [closeCodes.replaced, 'replaced'],
    [closeCodes.unsupportedVersion, 'unsupported-version'],
  ] as const) {
    const { server, client } = await onlineClient();
    await server.connection.close(close.code);
    expect(client.connection).toEqual({ state: 'stopped', reason });
    await server.clock.advance(600_000);
    expect(server.connections).toHaveLength(1);
  }
});

test('a greeting that is for somebody else ends the client before anything is mixed', async () => {
  const { server, client } = await startClient();
  server.connection.open();
  await server.connection.push(welcome({ user: OTHER }));
  expect(client.connection).toEqual({ state: 'stopped', reason: 'signed-out' });
  expect(server.connection.all('sync')).toEqual([]);
});

test('[SLOW3] a token that is refused means signed out; a gateway that is not there means try again', async () => {
  const server = new ScriptedServer();
  server.http = () =>
    json(503, { code: 'draining', message: 'Later.', retryable: true, retryAfterMs: 5_000 });
  const { client } = await startClient({}, server);
  expect(client.connection.state).toBe('waiting');
  await server.clock.advance(4_999);
  expect(server.requests).toHaveLength(1);
  server.http = () => json(401, { code: 'unauthorized', message: 'Who?', retryable: false });
  await server.clock.advance(10_000);
  expect(client.connection).toEqual({ state: 'stopped', reason: 'signed-out' });
});

test('[ADMIN2] whose account is suspended is told so where it asks for a gateway', async () => {
  const server = new ScriptedServer();
  server.http = () => json(403, { code: 'account-suspended', message: 'Ask.', retryable: false });
  const { client } = await startClient({}, server);
  expect(client.connection).toEqual({ state: 'stopped', reason: 'suspended' });
  await server.clock.advance(600_000);
  expect(server.requests).toHaveLength(1);
});

test('[SLOW4] a server that says nothing for so long is left, however open its connection', async () => {
  const world = await onlineClient();
  const { server } = world;
  const first = server.connection;
  await server.clock.advance(limits.SERVER_SILENCE_MS - 1);
  expect(first.closed).toBe(false);
  await server.clock.advance(1);
  expect(first.closed).toBe(true);
  await reconnect(world);
  expect(server.connections).toHaveLength(2);
});

test('[SLOW4] what is answered keeps a connection; one that never greets is left', async () => {
  const { server } = await onlineClient();
  for (let i = 0; i < 10; i++) {
    await server.clock.advance(limits.BEAT_MS);
    await server.connection.push({ kind: 'beat', cursor: cursorAt(1), changed: [], sync: false });
  }
  expect(server.connections).toHaveLength(1);
  const silent = await startClient();
  silent.server.connection.open();
  await silent.server.clock.advance(60_000);
  expect(silent.server.connections.length).toBeGreaterThan(1);
});

test('a device without a network asks whether the server is there, and leaves one that does not answer', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  const beats = server.connection.all('beat').length;
  await server.clock.advance(1);
  client.checkConnection();
  expect(server.connection.all('beat')).toHaveLength(beats + 1);
  await server.clock.advance(1);
  await server.connection.push({ kind: 'beat', cursor: cursorAt(1), changed: [], sync: false });
  await server.clock.advance(2_000);
  expect(client.connection.state).toBe('online');
  client.checkConnection();
  await server.clock.advance(1_999);
  expect(client.connection.state).toBe('online');
  await server.clock.advance(1);
  expect(client.connection.state).toBe('waiting');
  await reconnect(world);
  expect(server.connections).toHaveLength(2);
});

test('[SLOW4] waits grow from try to try, and begin anew once the client was in sync', async () => {
  const server = new ScriptedServer();
  server.down = true;
  const waits: number[] = [];
  const world = await startClient({ connect: false }, server);
  const { client } = world;
  client.subscribe(() => {
    const { connection } = client;
    if (connection.state === 'waiting') waits.push(connection.retryAt - server.clock.now());
  });
  client.connect();
  await server.clock.advance(600_000);
  expect(waits.length).toBeGreaterThan(20);
  expect(waits[0]).toBeLessThan(1_000);
  expect(Math.max(...waits)).toBeGreaterThan(5_000);
  expect(Math.max(...waits)).toBeLessThan(30_000);
  server.down = false;
  await reconnect(world);
  await goOnline(world);
  waits.length = 0;
  await server.connection.close(1006);
  expect(waits[0]).toBeLessThan(1_000);
});

test("a server's wish for how long to wait is respected", async () => {
  const { server } = await onlineClient();
  await server.connection.push({
    kind: 'error',
    code: 'rate-limited',
    message: 'Slow down.',
    retryable: true,
    retryAfterMs: 8_000,
  });
  await server.connection.close(closeCodes.rateLimited.code);
  await server.clock.advance(7_999);
  expect(server.connections).toHaveLength(1);
  await server.clock.advance(1_001);
  expect(server.connections).toHaveLength(2);
});

test('[SYNC5] beats carry the state and the cursor, and a change of state goes at once', async () => {
  const { server, client } = await onlineClient();
  await server.clock.advance(limits.BEAT_MS);
  const beat = { kind: 'beat', state: 'active', cursor: cursorAt(1) } as const;
  expect(server.connection.all('beat')).toEqual([beat, beat]);
  client.setPresence('away');
  client.setPresence('away');
  expect(server.connection.all('beat')).toHaveLength(3);
  expect(server.connection.last('beat').state).toBe('away');
});

test('[SOFT4] the first beat follows the sync at once, and the next one comes when it would have', async () => {
  const world = await startClient();
  const { server } = world;
  const { connection } = server;
  connection.open();
  await connection.push(welcome({ cursor: cursorAt(1) }));
  await server.clock.advance(limits.BEAT_MS - 1);
  expect(connection.all('beat')).toEqual([]);
  await connection.push(synced(connection.last('sync').id, [], { cursor: cursorAt(1) }));
  expect(connection.all('beat')).toEqual([{ kind: 'beat', state: 'active', cursor: cursorAt(1) }]);
  await server.clock.advance(limits.BEAT_MS - 1);
  expect(connection.all('beat')).toHaveLength(1);
  await server.clock.advance(1);
  expect(connection.all('beat')).toHaveLength(2);
  // A sync later on is no reason to say it again.
  await connection.push({ kind: 'beat', cursor: cursorAt(6), changed: [], sync: true });
  await connection.push(synced(connection.last('sync').id, [], { cursor: cursorAt(6) }));
  expect(connection.all('beat')).toHaveLength(2);
});

test('[WIRE2] frames and fields that nobody knows are passed over, and unreadable ones reported', async () => {
  const { server, client, faults } = await onlineClient();
  await server.connection.pushText('{"kind":"from-the-future","x":1}');
  expect(faults).toEqual([]);
  await server.connection.pushText('{"kind":"events"}');
  await server.connection.pushText('nonsense');
  await server.connection.pushText('[]');
  expect(faults.map(({ code }) => code)).toEqual([
    'unreadable-frame',
    'unreadable-frame',
    'unreadable-frame',
  ]);
  expect(client.connection.state).toBe('online');
});

test('closing a client ends its connection and all its tries', async () => {
  const { server, client } = await onlineClient();
  await client[Symbol.asyncDispose]();
  await settle();
  expect(server.connection.closed).toBe(true);
  expect(client.connection).toEqual({ state: 'stopped', reason: 'closed' });
  await server.clock.advance(120_000);
  expect(server.connections).toHaveLength(1);
});
