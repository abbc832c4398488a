import { expect, test } from 'bun:test';
import { type Event, type ReactionCount, refusal, type UpFrame } from '@maru/protocol';
import fc from 'fast-check';
import { InvalidCommand } from '../errors.ts';
import { amend, amendmentsOf } from '../room/amend.ts';
import { at, entry, events, ME, message, messages, OTHER, page, ROOM, THIRD } from '../testing/fixtures.ts';
import { onlineClient, startClient, type World } from '../testing/online-client.ts';
import { settle } from '../testing/virtual-clock.ts';

const THUMB = '👍';
const HEART = '❤️';

function reaction(
  seq: number,
  refersTo: number,
  kind: string,
  more: Partial<Event> & { on?: boolean } = {},
): Event {
  const { on = true, ...rest } = more;
  return message(seq, {
    ...{ kind: 'reaction', counts: false, ordinal: 3, refersTo: at(refersTo) },
    content: undefined,
    change: { type: 'reacted', reaction: kind, on },
    ...rest,
  });
}

const of = (world: Pick<World, 'client'>, seq: number): readonly ReactionCount[] | undefined =>
  world.client.room(ROOM)?.messages.find((line) => line.seq === seq)?.reactions;
const count = (kind: string, number: number, mine = false) => ({ reaction: kind, count: number, mine });

type React = Extract<UpFrame, { kind: 'react' }>;
const named = ({ room, clientMessageId }: React) => ({ room, clientMessageId });

async function openedClient(): Promise<World> {
  const world = await onlineClient();
  await world.client.open(ROOM);
  return world;
}

test('[TALK2] what others put on a message is counted, and stored', async () => {
  const world = await openedClient();
  await world.server.connection.push(
    events([reaction(4, 2, THUMB), reaction(5, 2, THUMB, { sender: THIRD }), reaction(6, 2, HEART)]),
  );
  expect(of(world, 2)).toEqual([count(THUMB, 2), count(HEART, 1)]);
  expect(world.client.room(ROOM)?.messages.map(({ kind }) => kind)).toEqual([
    'message',
    'message',
    'message',
  ]);
  await world.server.connection.push(events([reaction(7, 2, THUMB, { on: false })]));
  expect(of(world, 2)).toEqual(
    [count(THUMB, 1), count(HEART, 1)].sort((a, b) => (a.reaction < b.reaction ? -1 : 1)),
  );
  await world.client[Symbol.asyncDispose]();
  const again = await startClient({ store: world.store, connect: false });
  await again.client.open(ROOM);
  expect(of(again, 2)?.map(({ count }) => count)).toEqual([1, 1]);
});

test('[TALK6] what a page counts already is not counted again when it comes', async () => {
  const world = await onlineClient([entry(messages(11, 12))]);
  const { client, server } = world;
  await client.open(ROOM);
  const older = client.loadOlder(ROOM);
  await settle();
  const counted = message(9, { reactions: { seq: at(14), kinds: [count(THUMB, 2), count(HEART, 1, true)] } });
  await server.connection.push(page(server.connection.last('history').id, [counted, message(10)], 14));
  expect(await older).toBe(2);
  await server.connection.push(
    events([reaction(13, 9, THUMB), reaction(14, 9, HEART, { sender: ME }), reaction(15, 9, HEART)]),
  );
  expect(of(world, 9)).toEqual(
    [count(HEART, 2, true), count(THUMB, 2)].sort((a, b) => (a.reaction < b.reaction ? -1 : 1)),
  );
});

test('[TALK6] what comes while a page is under way is counted on top of what the page knows', async () => {
  const world = await onlineClient([entry(messages(11, 12))]);
  const { client, server } = world;
  await client.open(ROOM);
  const older = client.loadOlder(ROOM);
  await settle();
  await server.connection.push(events([reaction(13, 10, THUMB), reaction(14, 10, HEART)]));
  const known = message(10, { reactions: { seq: at(13), kinds: [count(THUMB, 1)] } });
  await server.connection.push(page(server.connection.last('history').id, [known], 13));
  expect(await older).toBe(1);
  expect(of(world, 10)).toHaveLength(2);
});

test('[TALK4][PRIV4] the end of a reaction from while the user was away takes nothing off', async () => {
  const visible: [ReturnType<typeof at>, ReturnType<typeof at> | null][] = [
    [at(1), at(3)],
    [at(10), null],
  ];
  const told = message(2, { reactions: { seq: at(6), kinds: [count(THUMB, 1)] } });
  const world = await onlineClient([entry([message(1), told, message(3), message(10)], { visible })]);
  await world.client.open(ROOM);
  const taken = (seq: number, put: number) =>
    reaction(seq, 2, THUMB, { change: { type: 'reacted', reaction: THUMB, on: false, put: at(put) } });
  await world.server.connection.push(events([taken(11, 6)]));
  expect(of(world, 2)).toEqual([count(THUMB, 1)]);
  await world.server.connection.push(events([taken(12, 3)]));
  expect(of(world, 2)).toEqual([]);
});

test("[TALK6] one's own reaction is there at once, and once, from giving it to its event", async () => {
  const world = await openedClient();
  const { client, server } = world;
  await client.commands.react(ROOM, at(2), '\u2764');
  expect(of(world, 2)).toEqual([count(HEART, 1, true)]);
  const lines = client.room(ROOM)?.messages;
  client.markUnread(ROOM);
  expect(client.room(ROOM)?.messages[1]).toBe(lines?.[1] as never);
  const sent = server.connection.last('react');
  expect(sent).toMatchObject({ refersTo: 2, reaction: HEART, on: true });
  await server.connection.push({ kind: 'accepted', ...named(sent), seq: at(4), at: 9 });
  expect(of(world, 2)).toEqual([count(HEART, 1, true)]);
  await server.connection.push(
    events([reaction(4, 2, HEART, { sender: ME, clientMessageId: sent.clientMessageId })]),
  );
  expect(of(world, 2)).toEqual([count(HEART, 1, true)]);
  await client.commands.react(ROOM, at(2), HEART, false);
  expect(of(world, 2)).toEqual([]);
});

test('[TALK6] one that changed nothing stands on nothing but what the room says', async () => {
  const world = await openedClient();
  const { client, server } = world;
  await client.commands.react(ROOM, at(2), THUMB);
  const sent = server.connection.last('react');
  // Another device of the user's was first: the room's head is the answer.
  await server.connection.push({ kind: 'accepted', ...named(sent), seq: at(5), at: 9 });
  await server.connection.push(events([reaction(4, 2, THUMB, { sender: ME }), message(5)]));
  expect(of(world, 2)).toEqual([count(THUMB, 1, true)]);
  await server.connection.push(events([reaction(6, 2, THUMB, { sender: ME, on: false })]));
  expect(of(world, 2)).toEqual([]);
});

test('[TALK6] one that is refused is gone again, and says why', async () => {
  const world = await openedClient();
  const { client, server } = world;
  const sending = await client.commands.react(ROOM, at(2), THUMB);
  const sent = server.connection.last('react');
  await server.connection.push({ kind: 'refused', ...named(sent), ...refusal('too-many', 'No more.') });
  const { id } = server.connection.last('status');
  await server.connection.push({ kind: 'status', id, answer: { status: 'refused', code: 'too-many' } });
  expect(await sending.outcome()).toMatchObject({ kind: 'failed', error: { code: 'too-many' } });
  expect(of(world, 2)).toEqual([]);
});

test('[TALK6] what waits for the server shows after a restart, too', async () => {
  const online = await onlineClient();
  await online.client[Symbol.asyncDispose]();
  const first = await startClient({ store: online.store, connect: false });
  await first.client.commands.react(ROOM, at(3), THUMB);
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store, connect: false });
  await world.client.open(ROOM);
  expect(of(world, 3)).toEqual([count(THUMB, 1, true)]);
});

test('[TALK1] what is no emoji is refused before it is sent', async () => {
  const world = await openedClient();
  expect(await world.client.commands.react(ROOM, at(2), 'ok').catch((error) => error)).toBeInstanceOf(
    InvalidCommand,
  );
  expect(world.server.connection.all('react')).toEqual([]);
});

test('[TALK5] a deleted message bears nothing, in whatever order it is told', async () => {
  const world = await openedClient();
  const deletion = message(5, { kind: 'deletion', counts: false, refersTo: at(2), content: undefined });
  await world.server.connection.push(events([reaction(4, 2, THUMB), deletion, reaction(6, 2, HEART)]));
  expect(of(world, 2)).toEqual([]);
  await world.client[Symbol.asyncDispose]();
  const [stored] = await world.store.events(ROOM, 2, 2);
  expect([stored?.content, stored?.reactions]).toEqual([undefined, undefined]);
});

test('an end full of reactions still shows what was said before them', async () => {
  const said = messages(1, 30);
  const after = Array.from({ length: 150 }, (_, index) => reaction(31 + index, 1 + (index % 30), THUMB));
  const world = await onlineClient([entry(said)]);
  await world.server.connection.push(events(after));
  await world.client.open(ROOM);
  expect(world.client.room(ROOM)?.messages.length).toBe(30);
});

test('[TALK6] reactions, edits and a deletion come to the same whatever a message knew before', () => {
  const kinds = [THUMB, HEART];
  const step = fc.record({ who: fc.constantFrom(ME, OTHER, THIRD), kind: fc.constantFrom(...kinds) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.nat(), (steps, cut) => {
      const standing = new Set<string>();
      const log = steps.map(({ who, kind }, index) => {
        const on = !standing.delete(who + kind);
        if (on) standing.add(who + kind);
        return reaction(10 + index, 2, kind, { sender: who, on });
      });
      const fold = (from: Event, list: readonly Event[]) =>
        list.reduce((known, each) => amendmentsOf(each, ME, [[at(1), null]]).reduce(amend, known), from);
      const whole = fold(message(2), log);
      // As a page gives it in the middle, after which all of it comes again.
      const middle = fold(message(2), log.slice(0, cut % (log.length + 1)));
      expect(fold(middle, log)).toEqual(whole);
    }),
  );
});
