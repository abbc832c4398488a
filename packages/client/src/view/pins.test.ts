import { expect, test } from 'bun:test';
import { type Event, refusal } from '@maru/protocol';
import { at, entry, events, message, messages, OTHER, page, ROOM } from '../testing/fixtures.ts';
import { onlineClient, type World } from '../testing/online-client.ts';
import { settle } from '../testing/virtual-clock.ts';

const pins = ({ client }: Pick<World, 'client'>) =>
  client.room(ROOM)?.pins.map((pin) => [pin.kind, Number(pin.seq)] as const);
const pinned = (seq: number, refersTo: number, on = true): Event =>
  message(seq, {
    ...{ kind: 'pinned', counts: false, refersTo: at(refersTo) },
    content: undefined,
    change: { type: 'pinned', on },
  });

async function openedClient(...list: Parameters<typeof entry>): Promise<World> {
  const world = await onlineClient([entry(...list)]);
  await world.client.open(ROOM);
  return world;
}

test('[TALK9] what is pinned is there with what it says, as the events or an entry tell', async () => {
  const world = await openedClient(messages(1, 3), { facts: { pins: [at(2)] } });
  expect(pins(world)).toEqual([['message', 2]]);
  await world.server.connection.push(events([pinned(4, 3), pinned(5, 1)]));
  expect(world.client.room(ROOM)?.pins).toEqual(
    [1, 3, 2].map((seq) => ({
      ...{ kind: 'message', seq: at(seq), sender: OTHER },
      ...{ text: `message ${seq}`, type: 'text' },
    })),
  );
  expect(world.client.room(ROOM)?.messages.at(-1)).toMatchObject({ kind: 'pinned', quote: { seq: 1 } });
  const deletion = message(6, { kind: 'deletion', counts: false, refersTo: at(3), content: undefined });
  await world.server.connection.push(events([deletion, pinned(7, 1, false)]));
  expect(pins(world)).toEqual([['message', 2]]);
});

test('[TALK9] a pin of the user’s own is there at once, and gone if it is refused', async () => {
  const world = await openedClient(messages(1, 3), { facts: { pins: [at(2)] } });
  const { client, server } = world;
  const sending = await client.commands.pin(ROOM, at(3));
  await client.commands.pin(ROOM, at(2), false);
  expect(pins(world)).toEqual([['message', 3]]);
  const [first] = server.connection.all('pin');
  if (first === undefined) throw new Error('nothing was sent');
  const { room, clientMessageId } = first;
  const error = refusal('too-many', 'No more.');
  await server.connection.push({ kind: 'refused', room, clientMessageId, ...error });
  const { id } = server.connection.last('status');
  await server.connection.push({ kind: 'status', id, answer: { status: 'refused', code: 'too-many' } });
  expect(await sending.outcome()).toMatchObject({ kind: 'failed' });
  expect(pins(world)).toEqual([]);
});

test('[TALK9][PRIV5] what is pinned and may not be seen is not shown; what is not here is fetched', async () => {
  const list = messages(900, 901);
  const world = await openedClient(list, { visible: [[at(20), null]], facts: { pins: [at(30), at(5)] } });
  expect(pins(world)).toEqual([['awaited', 30]]);
  await settle();
  const { id } = world.server.connection.last('history');
  await world.server.connection.push(page(id, [message(30)], 901, { visible: [[at(20), null]] }));
  expect(pins(world)).toEqual([['message', 30]]);
});
