import { describe, expect, test } from 'bun:test';
import { limits, refusal } from '@maru/protocol';
import { MemoryStore } from '../store/memory-store.ts';
import {
  at,
  cursorAt,
  entry,
  ME,
  MY_DEVICE,
  message,
  messages,
  ROOM,
  roomNumber,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient } from '../testing/online-client.ts';
import { accept, answerStatus, refuse, type Send, sends, statesOf, textsSent } from '../testing/sends.ts';

test('[ONCE7] a refusal is believed after status confirms it; then the message has failed, with its reason', async () => {
  const world = await onlineClient();
  const { client, server, store } = world;
  await client.open(ROOM);
  const sending = await client.commands.send(ROOM, 'hello');
  const error = refusal('not-found', 'There is no such room.');
  await server.connection.push(refuse(sends(world)[0] as Send, error));
  expect(statesOf(world)).toEqual(['pending']);
  await answerStatus(world, { status: 'unknown' });
  expect(await sending.outcome()).toEqual({ kind: 'failed', error });
  expect(statesOf(world)).toEqual(['failed']);
  expect(client.room(ROOM)?.messages.at(-1)?.error?.code).toBe('not-found');
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store });
  await again.client.open(ROOM);
  expect(statesOf(again)).toEqual(['failed']);
});

test('[ONCE7] a refused retry of what was accepted before counts as accepted', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const sending = await client.commands.send(ROOM, 'hello');
  await server.connection.push(refuse(sends(world)[0] as Send, refusal('not-found', 'Removed.')));
  await answerStatus(world, { status: 'accepted', room: ROOM, seq: at(4) });
  expect(await sending.outcome()).toEqual({ kind: 'accepted', seq: at(4) });
});

test('[ONCE7] a command whose answer never comes is asked about, and sent again if nobody knows it', async () => {
  const world = await onlineClient();
  const { server } = world;
  await world.client.commands.send(ROOM, 'hello');
  for (let i = 0; i < 5; i++) {
    await server.clock.advance(limits.BEAT_MS);
    await server.connection.push({ kind: 'beat', cursor: cursorAt(1), changed: [], sync: false });
  }
  await answerStatus(world, { status: 'unknown' });
  expect(textsSent(world)).toEqual(['hello', 'hello']);
});

test('[ONCE7][ORD4] a refusal that comes while it is asked about counts, for what came behind may have been taken', async () => {
  const world = await onlineClient();
  const { server } = world;
  const sending = await world.client.commands.send(ROOM, 'hello');
  for (let i = 0; i < 5; i++) {
    await server.clock.advance(limits.BEAT_MS);
    await server.connection.push({ kind: 'beat', cursor: cursorAt(1), changed: [], sync: false });
  }
  expect(server.connection.all('status')).toHaveLength(1);
  const error = refusal('not-found', 'There is no such room.');
  await server.connection.push(refuse(sends(world)[0] as Send, error));
  await answerStatus(world, { status: 'unknown' });
  expect(await sending.outcome()).toEqual({ kind: 'failed', error });
  expect(textsSent(world)).toEqual(['hello']);
});

test('[ONCE7][ORD4] the same where the refusal comes while it waits to go again', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const sendings = [await client.commands.send(ROOM, 'a'), await client.commands.send(ROOM, 'b')];
  const [a, b] = sends(world) as [Send, Send];
  await server.connection.push(refuse(b, refusal('rate-limited', 'Wait.', { retryAfterMs: 1_000 })));
  const error = refusal('not-found', 'There is no such room.');
  await server.connection.push(refuse(a, error));
  await server.clock.advance(3_000);
  await answerStatus(world, { status: 'unknown' });
  expect(await sendings[0]?.outcome()).toEqual({ kind: 'failed', error });
  expect(textsSent(world)).toEqual(['a', 'b', 'b']);
});

test('[ONCE4] only a refusal as too old gives a message another id', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  const sending = await client.commands.send(ROOM, 'hello');
  await client.commands.send(ROOM, 'next');
  const [first] = sends(world);
  await server.connection.push(refuse(first as Send, refusal('id-too-old', 'Too old.')));
  const renewed = sends(world).at(-1) as Send;
  expect(renewed.content).toEqual((first as Send).content);
  expect(renewed.clientMessageId > (first as Send).clientMessageId).toBe(true);
  expect(sending.clientMessageId).toBe(renewed.clientMessageId);
  await server.connection.push(accept(renewed, 4));
  expect(await sending.outcome()).toEqual({ kind: 'accepted', seq: at(4) });
});

test('a retryable refusal makes the room wait as long as the server says, and then all goes again in order', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  for (const text of ['a', 'b', 'c']) await client.commands.send(ROOM, text);
  const busy = refusal('rate-limited', 'Slow down.', { retryAfterMs: 4_000 });
  const sent = sends(world);
  for (const send of sent) await server.connection.push(refuse(send, busy));
  await client.commands.send(ROOM, 'd');
  await server.clock.advance(3_999);
  expect(sends(world)).toHaveLength(3);
  await server.clock.advance(1_001);
  expect(textsSent(world)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'd']);
  expect(server.connection.all('status')).toEqual([]);
});

test('[ORD4] a refused command whose event turns up is asked about, for the server keeps back what comes behind it', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  for (const text of ['a', 'b']) await client.commands.send(ROOM, text);
  const [a, b] = sends(world) as [Send, Send];
  const limited = refusal('rate-limited', 'Too much at once.', { retryAfterMs: 1_000 });
  for (const send of [a, b]) await server.connection.push(refuse(send, limited));
  // It was taken over a former connection, whose answer got lost.
  const { clientMessageId } = a;
  const taken = message(4, { sender: ME, device: MY_DEVICE, clientMessageId });
  await server.connection.push({ kind: 'events', room: ROOM, events: [taken] });
  expect(server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
  await server.clock.advance(3_000);
  expect(textsSent(world)).toEqual(['a', 'b']);
  await answerStatus(world, { status: 'accepted', room: ROOM, seq: at(4) });
  expect(textsSent(world)).toEqual(['a', 'b', 'b']);
});

test('[ORD4] the same where the refusal comes behind the event', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  for (const text of ['a', 'b']) await client.commands.send(ROOM, text);
  const [a, b] = sends(world) as [Send, Send];
  const { clientMessageId } = a;
  const taken = message(4, { sender: ME, device: MY_DEVICE, clientMessageId });
  await server.connection.push({ kind: 'events', room: ROOM, events: [taken] });
  expect(server.connection.all('status')).toEqual([]);
  for (const send of [a, b]) await server.connection.push(refuse(send, refusal('busy', 'Wait.')));
  expect(server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
  await answerStatus(world, { status: 'accepted', room: ROOM, seq: at(4) });
  await server.clock.advance(3_000);
  expect(textsSent(world)).toEqual(['a', 'b', 'b']);
});

test('[ORD4] the same where it was sent twice on one connection, and the answer to the first comes last', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  for (const text of ['a', 'b']) await client.commands.send(ROOM, text);
  const [a, b] = sends(world) as [Send, Send];
  const busy = refusal('busy', 'Wait.');
  await server.connection.push(refuse(b, busy));
  await server.clock.advance(3_000);
  expect(textsSent(world)).toEqual(['a', 'b', 'a', 'b']);
  for (const send of [a, b]) await server.connection.push(refuse(send, busy));
  await server.connection.push(accept(a, 4));
  const { clientMessageId } = a;
  expect(server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
  await answerStatus(world, { status: 'accepted', room: ROOM, seq: at(4) });
  await server.clock.advance(9_000);
  expect(textsSent(world)).toEqual(['a', 'b', 'a', 'b', 'b']);
});

test('[ORD4] the same where the refusal comes while all of the room waits to go again', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  for (const text of ['a', 'b']) await client.commands.send(ROOM, text);
  const [a, b] = sends(world) as [Send, Send];
  const busy = refusal('busy', 'Wait.');
  await server.connection.push(refuse(b, busy));
  await server.clock.advance(3_000);
  for (const send of [b, a]) await server.connection.push(refuse(send, busy));
  await server.connection.push(accept(a, 4));
  const { clientMessageId } = a;
  expect(server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
  await answerStatus(world, { status: 'accepted', room: ROOM, seq: at(4) });
  await server.clock.advance(9_000);
  expect(textsSent(world)).toEqual(['a', 'b', 'a', 'b', 'b']);
});

describe('[ORD4] what was refused for good does not go again, for what was sent behind it may be taken', () => {
  const noMember = refusal('not-found', 'There is no such room.');

  async function firstRefused(store = new MemoryStore()) {
    const world = await onlineClient(undefined, { store });
    const { client, server } = world;
    const sending = await client.commands.send(ROOM, 'a');
    for (const text of ['b', 'c']) await client.commands.send(ROOM, text);
    const [a, b, c] = sends(world) as [Send, Send, Send];
    await server.connection.push(refuse(a, noMember), accept(b, 4));
    return { world, sending, a, b, c };
  }

  test('though another behind it has to go again', async () => {
    const { world, sending, c } = await firstRefused();
    const { server } = world;
    await server.connection.push(refuse(c, refusal('rate-limited', 'Slow down.', { retryAfterMs: 1_000 })));
    await server.clock.advance(3_000);
    expect(textsSent(world)).toEqual(['a', 'b', 'c']);
    await answerStatus(world, { status: 'unknown' });
    expect(await sending.outcome()).toEqual({ kind: 'failed', error: noMember });
    expect(textsSent(world)).toEqual(['a', 'b', 'c', 'c']);
  });

  test('though the connection was lost before it was known', async () => {
    const { world, sending, a } = await firstRefused();
    await world.server.connection.close(1006);
    await reconnect(world);
    await goOnline(world, [entry(messages(1, 3))]);
    expect(textsSent(world)).toEqual([]);
    const { clientMessageId } = a;
    expect(world.server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
    await answerStatus(world, { status: 'unknown' });
    expect(await sending.outcome()).toEqual({ kind: 'failed', error: noMember });
    expect(textsSent(world)).toEqual(['c']);
  });

  test('though the device was started anew before it was known; and where it had been taken, that counts', async () => {
    const store = new MemoryStore();
    const { world, a } = await firstRefused(store);
    await world.server.clock.advance(500);
    const again = await startClient({ store: store.crash() });
    await goOnline(again);
    const { clientMessageId } = a;
    expect(again.server.connection.last('status')).toMatchObject({ room: ROOM, clientMessageId });
    await answerStatus(again, { status: 'accepted', room: ROOM, seq: at(2) });
    expect(textsSent(again)).toEqual(['c']);
  });
});

test('[ORD6] a room whose rules the server does not know waits by itself, and the others go on', async () => {
  const world = await onlineClient([entry(messages(1, 3)), entry([], { room: roomNumber(2) })]);
  const { server, client } = world;
  await client.commands.send(ROOM, 'here');
  const unknown = refusal('rules-unknown', 'Not yet.', { retryAfterMs: 60_000 });
  await server.connection.push(refuse(sends(world)[0] as Send, unknown));
  await client.commands.send(roomNumber(2), 'elsewhere');
  expect(textsSent(world)).toEqual(['here', 'elsewhere']);
});

test('a failed message is sent again as a new one, or dropped', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  await client.open(ROOM);
  for (const text of ['a', 'b']) {
    const { clientMessageId } = await client.commands.send(ROOM, text);
    await server.connection.push(refuse(sends(world).at(-1) as Send, refusal('forbidden', 'No.')));
    await answerStatus(world, { status: 'refused', code: 'forbidden' });
    if (text === 'a') await client.commands.discard(ROOM, clientMessageId);
    else await client.commands.resend(ROOM, clientMessageId);
  }
  expect(statesOf(world)).toEqual(['pending']);
  const [, b, again] = sends(world);
  expect(again?.content).toEqual(b?.content as never);
  expect((again?.clientMessageId ?? '') > (b?.clientMessageId ?? '')).toBe(true);
});
