import { expect, test } from 'bun:test';
import type { Event } from '@maru/protocol';
import { at, entry, events, message, messages, OTHER, ROOM } from '../testing/fixtures.ts';
import { onlineClient, startClient, type World } from '../testing/online-client.ts';

const lasting = ({ client }: Pick<World, 'client'>) =>
  (client.room(ROOM)?.messages ?? [])
    .filter(({ state }) => state !== 'received')
    .map((one) => one.expiresAfter);
const timerSet = (seq: number, seconds: number): Event =>
  message(seq, {
    kind: 'timer-set',
    counts: false,
    content: undefined,
    change: { type: 'timer-set', seconds },
    ordinal: seq - 1,
    sender: OTHER,
  });

test('[TIME1] what is written offline shows the timer that will hold when it gets there', async () => {
  const first = await onlineClient([entry(messages(1, 3), { facts: { expiresAfter: 60 } })]);
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store });
  const { client } = world;
  await client.open(ROOM);
  await client.commands.send(ROOM, 'as the room says');
  await client.commands.send(ROOM, 'shorter', { expiresAfter: 10 });
  await client.commands.setTimer(ROOM, 0);
  await client.commands.send(ROOM, 'for ever');
  await client.commands.setTimer(ROOM, 3_600);
  await client.commands.send(ROOM, 'an hour');
  expect(lasting(world)).toEqual([60, 10, undefined, 3_600]);
});

test('[TIME1] an own message that was accepted vanishes when the server says, without being asked', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server, client } = world;
  await client.open(ROOM);
  await server.connection.push(events([timerSet(4, 60)]));
  await client.commands.send(ROOM, '곧');
  const sent = server.connection.last('send');
  const { room, clientMessageId } = sent;
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(5), at: 9_000 });
  expect(client.room(ROOM)?.latest).toMatchObject({ seq: 5, expiresAfter: 60, expiresAt: 69_000 });
  expect(server.connection.all('history')).toEqual([]);
});

test('[TIME1] where the timer may be of a later moment, the server is asked for the message', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { server, client } = world;
  await client.open(ROOM);
  await client.commands.send(ROOM, '곧');
  const { room, clientMessageId } = server.connection.last('send');
  // The room's entry is of a later head than what is here.
  const later = entry([], { head: { seq: at(6), ordinal: 4, at: 9_500 }, facts: { expiresAfter: 60 } });
  await server.connection.push({ kind: 'room', entry: later });
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(4), at: 9_000 });
  expect(client.room(ROOM)?.latest?.seq).toBe(at(3));
  await server.clock.advance(1_000);
  expect(server.connection.last('history')).toMatchObject({ direction: 'newer' });
});
