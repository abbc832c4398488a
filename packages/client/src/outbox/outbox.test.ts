import { expect, test } from 'bun:test';
import { clientMessageId, limits, refusal } from '@maru/protocol';
import fc from 'fast-check';
import { InvalidCommand } from '../errors.ts';
import { MemoryStore } from '../store/memory-store.ts';
import {
  at,
  cursorAt,
  entry,
  ME,
  MY_DEVICE,
  message,
  messages,
  OTHER,
  page,
  ROOM,
  roomNumber,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';
import { accept, refuse, type Send, sends, statesOf, textsSent } from '../testing/sends.ts';
import { settle } from '../testing/virtual-clock.ts';

const FUTURE = clientMessageId.parse('ffffffff-ffff-7fff-8000-000000000000');

test('[ONCE2] ids rise in a room whatever the clock does, also over a restart', async () => {
  const world = await onlineClient();
  const { client, server, store } = world;
  await client.commands.send(ROOM, 'one');
  server.clock.offsetMs -= 3_600_000;
  await client.commands.send(ROOM, 'two');
  await client[Symbol.asyncDispose]();
  server.clock.offsetMs -= 3_600_000;
  const again = await startClient({ store }, server);
  await again.client.commands.send(ROOM, 'three');
  await goOnline(again);
  const ids = sends(again).map(({ clientMessageId }) => clientMessageId);
  expect(textsSent(again)).toEqual(['one', 'two', 'three']);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(3);
});

test('[ONCE2] nothing is sent before its id is stored', async () => {
  let held: PromiseWithResolvers<void> | undefined;
  const sync = () => held?.promise ?? Promise.resolve();
  const world = await onlineClient(undefined, { store: new MemoryStore({ sync }) });
  held = Promise.withResolvers();
  const sending = world.client.commands.send(ROOM, 'hello');
  await settle();
  expect(sends(world)).toEqual([]);
  held.resolve();
  await sending;
  expect(textsSent(world)).toEqual(['hello']);
});

test('[ONCE2] an id that this device used in a former life of its store is never used again', async () => {
  const used = message(3, { sender: ME, device: MY_DEVICE, clientMessageId: FUTURE });
  const world = await onlineClient([entry([...messages(1, 2), used])]);
  await world.client.commands.send(ROOM, 'new');
  expect((sends(world)[0]?.clientMessageId ?? '') > FUTURE).toBe(true);
});

test('[ONCE6] at most so many are unanswered in a room, and rooms do not wait for each other', async () => {
  const world = await onlineClient([entry(messages(1, 3)), entry([], { room: roomNumber(2) })]);
  const all = limits.SENDS_IN_FLIGHT_MAX + 10;
  for (let i = 0; i < all; i++) await world.client.commands.send(ROOM, `m${i}`);
  expect(sends(world)).toHaveLength(limits.SENDS_IN_FLIGHT_MAX);
  await world.client.commands.send(roomNumber(2), 'elsewhere');
  expect(textsSent(world).at(-1)).toBe('elsewhere');
  await world.server.connection.push(accept(sends(world)[0] as Send, 4));
  expect(textsSent(world).at(-1)).toBe(`m${limits.SENDS_IN_FLIGHT_MAX}`);
});

test('[ONCE6] after a reconnect everything unanswered goes again, in order, under the same ids', async () => {
  const world = await onlineClient();
  for (const text of ['a', 'b', 'c']) await world.client.commands.send(ROOM, text);
  const before = sends(world);
  await world.server.connection.push(accept(before[0] as Send, 4));
  await world.server.connection.close(1006);
  await world.client.commands.send(ROOM, 'd');
  await reconnect(world);
  await goOnline(world, [entry(messages(1, 3))]);
  expect(textsSent(world)).toEqual(['b', 'c', 'd']);
  expect(sends(world).slice(0, 2)).toEqual(before.slice(1));
});

test('[ONCE6] the outbox survives a restart; what was not stored was never sent', async () => {
  const store = new MemoryStore();
  const world = await onlineClient(undefined, { store });
  for (const text of ['a', 'b', 'c']) await world.client.commands.send(ROOM, text);
  const before = sends(world);
  const survivor = store.crash();
  const again = await startClient({ store: survivor });
  await again.client.open(ROOM);
  expect(statesOf(again)).toEqual(['pending', 'pending', 'pending']);
  await goOnline(again);
  expect(sends(again)).toEqual(before);
});

test('an accepted message is sent, by its event or without it, and shown once', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  await client.open(ROOM);
  const sending = await client.commands.send(ROOM, 'hello');
  expect(statesOf(world)).toEqual(['pending']);
  const key = client.room(ROOM)?.messages.at(-1)?.key;
  await server.connection.push(accept(sends(world)[0] as Send, 4));
  expect(await sending.outcome()).toEqual({ kind: 'accepted', seq: at(4) });
  const shown = client.room(ROOM)?.messages ?? [];
  expect(shown).toHaveLength(4);
  expect(shown.at(-1)).toMatchObject({ seq: 4, state: 'sent', key, at: 5_004 });
  // The event of one's own comes as well where rooms are published to.
  const send = sends(world)[0] as Send;
  const { clientMessageId, content } = send;
  const own = { seq: at(4), at: 5_004, kind: 'message', sender: client.user, device: client.device };
  const event = { ...own, clientMessageId, content, counts: true, ordinal: 4 };
  await server.connection.push({ kind: 'events', room: ROOM, events: [event] });
  expect(client.room(ROOM)?.messages).toHaveLength(4);
  expect(world.faults).toEqual([]);
});

test('[ORD3] an own message that was accepted behind a gap keeps its place at the end until the gap is filled', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  await client.open(ROOM);
  await client.commands.send(ROOM, 'mine');
  await server.connection.push(accept(sends(world)[0] as Send, 6));
  expect(client.room(ROOM)?.messages.map(({ seq }) => seq as number)).toEqual([1, 2, 3, 6]);
  await server.clock.advance(100);
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ from: 3, direction: 'newer' });
  await server.connection.push(page(asked.id, messages(3, 5), 6));
  expect(client.room(ROOM)?.messages.map(({ seq }) => seq as number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(client.room(ROOM)?.latest).toMatchObject({ seq: 6, ordinal: 6 });
});

test('[LIMIT2] what is known to be refused is refused here, with the limit', async () => {
  const { client } = await onlineClient();
  const long = '한'.repeat(limits.MESSAGE_CHARS_MAX);
  expect((await client.commands.send(ROOM, long)).room).toBe(ROOM);
  const tooLong = client.commands.send(ROOM, `${long}한`);
  await expect(tooLong).rejects.toMatchObject({
    code: 'message-too-long',
    body: { given: limits.MESSAGE_CHARS_MAX + 1 },
  });
  await expect(client.commands.send(ROOM, ' \n\t')).rejects.toMatchObject({ code: 'message-empty' });
  await expect(
    client.commands.send(ROOM, { type: 'x-media', data: 'x'.repeat(1_500_000) }),
  ).rejects.toBeInstanceOf(InvalidCommand);
});

test('a room that is being made is shown, and what is said in it follows its making', async () => {
  const world = await onlineClient([]);
  const { client, server } = world;
  const { room } = await client.commands.createGroup('Friends', [OTHER]);
  await client.commands.send(room, 'hello');
  expect(client.rooms).toMatchObject([{ room, name: 'Friends', membership: 'creating', memberCount: 2 }]);
  expect(client.room(room)?.messages).toMatchObject([{ state: 'pending' }]);
  expect(server.connection.received.slice(-2).map(({ kind }) => kind)).toEqual(['create', 'send']);
});

test('a client that is closed tells those who wait', async () => {
  const { client } = await onlineClient();
  const sending = await client.commands.send(ROOM, 'hello');
  const outcome = sending.outcome();
  await client[Symbol.asyncDispose]();
  await expect(outcome).rejects.toMatchObject({ code: 'closed' });
  await expect(client.commands.send(ROOM, 'more')).rejects.toMatchObject({ code: 'closed' });
});

test('[ONCE6][ONCE1] whatever is refused, cut or lost: each message is accepted once and in order', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('say' as const), count: fc.integer({ min: 1, max: 80 }) }),
    fc.record({ kind: fc.constant('answer' as const), count: fc.integer({ min: 1, max: 70 }) }),
    fc.record({ kind: fc.constant('refuse' as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('cut' as const), count: fc.constant(1) }),
    fc.record({ kind: fc.constant('crash' as const), count: fc.constant(1) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const log: string[] = [];
      const seen = new Map<string, number>();
      let world = await onlineClient([entry(messages(1, 3))]);
      let answered = 0;
      let said = 0;
      const answer = async () => {
        const send = sends(world)[answered];
        if (send === undefined) return false;
        answered++;
        const { clientMessageId } = send;
        if (!seen.has(clientMessageId)) {
          seen.set(clientMessageId, 4 + log.length);
          log.push((send.content as { text: string }).text);
        }
        await world.server.connection.push(accept(send, seen.get(clientMessageId) ?? 0));
        return true;
      };
      const comeBack = async (next: World) => {
        world = next;
        answered = 0;
        await goOnline(world, [entry(messages(1, 3))]);
      };
      for (const { kind, count } of steps) {
        if (kind === 'say') {
          for (let i = 0; i < count; i++) await world.client.commands.send(ROOM, `m${said++}`);
        } else if (kind === 'answer') {
          for (let i = 0; i < count; i++) await answer();
        } else if (kind === 'refuse') {
          // A server that refuses one refuses what stands behind it, too (`[ORD4]`).
          const rest = sends(world).slice(answered);
          answered += rest.length;
          for (const send of rest)
            await world.server.connection.push(refuse(send, refusal('storage-unavailable', 'Full.')));
          await world.server.clock.advance(1_000);
        } else if (kind === 'cut') {
          await world.server.connection.close(1006);
          await reconnect(world);
          await comeBack(world);
        } else {
          const server = new ScriptedServer();
          await comeBack(await startClient({ store: world.store.crash() }, server));
        }
      }
      await world.server.connection.close(1006);
      await reconnect(world);
      await comeBack(world);
      while (await answer());
      expect(log).toEqual(Array.from({ length: said }, (_, i) => `m${i}`));
    }),
    { numRuns: 60 },
  );
});

test('what a restored server lost keeps its place before what waits, also over a restart', async () => {
  const world = await onlineClient();
  const { client, server, store } = world;
  for (const text of ['one', 'two']) await client.commands.send(ROOM, text);
  await server.connection.push(accept(sends(world)[0] as Send, 4), accept(sends(world)[1] as Send, 5));
  await server.connection.close(1006);
  await client.commands.send(ROOM, 'three');
  await reconnect(world);
  await goOnline(world, [entry(messages(1, 3))], cursorAt(9));
  expect(textsSent(world)).toEqual(['one', 'two', 'three']);
  await server.clock.advance(1_000);
  const again = await startClient({ store: store.crash() });
  await goOnline(again, [entry(messages(1, 3))], cursorAt(10));
  expect(textsSent(again)).toEqual(['one', 'two', 'three']);
});
