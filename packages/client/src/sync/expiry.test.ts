import { expect, test } from 'bun:test';
import type { Event } from '@maru/protocol';
import { MemoryStore } from '../store/memory-store.ts';
import {
  at,
  cursorAt,
  entry,
  events,
  message,
  messages,
  OTHER,
  page,
  ROOM,
  synced,
  THIRD,
  welcome,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, startClient, type World } from '../testing/online-client.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';

/** a message that stays for ten seconds from when it was stored. */
const START = Date.parse('2026-01-01T00:00:00Z');
const vanishing = (seq: number, more: Partial<Event> = {}) =>
  message(seq, { at: START, expiresAfter: 10, expiresAt: START + 10_000, ...more });

/** These messages' time is over. */
const expired = (seq: number, seqs: readonly number[], sender = OTHER) =>
  message(seq, {
    ...{ kind: 'expired', counts: false, content: undefined, at: START + 10_000, ordinal: seq - 1 },
    change: { type: 'expired', messages: [{ sender, seqs: seqs.map(at) }] },
  });

async function greeted(list: Event[], now = START): Promise<World> {
  const world = await startClient();
  const { server } = world;
  server.connection.open();
  await server.connection.push(welcome({ now }));
  const [sync] = server.connection.all('sync');
  if (sync !== undefined)
    await server.connection.push(synced(sync.id, [entry(list)], { cursor: cursorAt(1) }));
  await world.client.open(ROOM);
  return world;
}

const shown = ({ client }: Pick<World, 'client'>) =>
  (client.room(ROOM)?.messages ?? []).map((one) =>
    one.expired ? 'expired' : (one.content as { text?: string })?.text,
  );
const stored = async ({ store }: Pick<World, 'store'>) => JSON.stringify(await store.events(ROOM, 1, 100));

test('[TIME5] a device erases by its clock: what is shown, what the list says, what is stored', async () => {
  const world = await greeted([message(1), vanishing(2)]);
  const { server, client } = world;
  await server.clock.advance(9_999);
  expect(shown(world)).toEqual(['message 1', 'message 2']);
  expect(await stored(world)).toContain('message 2');
  await server.clock.advance(1);
  expect(shown(world)).toEqual(['message 1', 'expired']);
  expect(client.rooms[0]?.latest).toMatchObject({ seq: 2, expiresAfter: 10 });
  expect(client.rooms[0]?.latest?.content).toBeUndefined();
  expect(await stored(world)).not.toContain('message 2');
  expect(JSON.stringify((await world.store.load()).rooms)).not.toContain('message 2');
  // Until the room says so it counts, as it does for the server.
  expect(client.room(ROOM)?.unreadCount).toBe(2);
  await server.connection.push(events([expired(3, [2])]));
  expect(client.room(ROOM)?.unreadCount).toBe(1);
  expect(shown(world)).toEqual(['message 1', 'expired']);
});

test('[TIME5] an edit goes with its message, and what waits behind a gap or is loaded goes, too', async () => {
  const world = await greeted([vanishing(1)]);
  const { server, client } = world;
  const edit = {
    kind: 'edit',
    counts: false,
    refersTo: at(1),
    content: { type: 'text', text: 'edited' },
  } as const;
  await server.connection.push(
    events([vanishing(2, { ...edit, ordinal: 1 })]),
    events([vanishing(4, { ordinal: 3 })]),
  );
  await server.clock.advance(10_000);
  const asked = server.connection.last('history');
  expect(await stored(world)).not.toContain('edited');
  await server.connection.push(page(asked.id, [vanishing(3, { content: undefined, ordinal: 2 })], 4));
  expect(shown(world)).toEqual(['expired', 'expired', 'expired']);
  await server.clock.advance(300);
  expect(await stored(world)).not.toContain('text');
  expect(await world.store.events(ROOM, 1, 9)).toHaveLength(4);
  expect(client.room(ROOM)?.latest?.content).toBeUndefined();
});

test('[TIME5] a device that was off erases at its start, before anything is shown', async () => {
  const first = await greeted([message(1), vanishing(2)]);
  await first.client[Symbol.asyncDispose]();
  const server = new ScriptedServer();
  server.clock.offsetMs = START + 86_400_000;
  const world = await startClient({ store: first.store }, server);
  expect(world.client.rooms[0]?.latest?.content).toBeUndefined();
  expect(await stored(world)).not.toContain('message 2');
  await world.client.open(ROOM);
  expect(shown(world)).toEqual(['message 1', 'expired']);
});

test('[TIME5] a clock that was set back keeps nothing that the room is past', async () => {
  const first = await greeted([vanishing(1), message(2, { at: START + 10_000 })]);
  await first.client[Symbol.asyncDispose]();
  const server = new ScriptedServer();
  server.clock.offsetMs = START - 86_400_000;
  const world = await startClient({ store: first.store }, server);
  expect(await stored(world)).not.toContain('message 1');
  expect(await stored(world)).toContain('message 2');
});

test('[TIME5] a clock that is wrong is set right by the greeting', async () => {
  // The device believes that it is a day later than it is.
  const world = await greeted([vanishing(1)], START - 86_400_000);
  await world.server.clock.advance(86_400_000);
  expect(shown(world)).toEqual(['message 1']);
  await world.server.clock.advance(10_000);
  expect(shown(world)).toEqual(['expired']);
});

test('[TIME2][UNREAD1] what the room says has expired says nothing and counts no more, whatever the clock says', async () => {
  const world = await greeted([vanishing(1), vanishing(2, { sender: THIRD }), vanishing(3), vanishing(4)]);
  const { server, client } = world;
  const { change } = expired(5, [1, 3]);
  const messages = change?.type === 'expired' ? change.messages : [];
  const both = [...messages, { sender: THIRD, seqs: [at(2)] }];
  await server.connection.push(events([{ ...expired(5, []), change: { type: 'expired', messages: both } }]));
  expect(shown(world)).toEqual(['expired', 'expired', 'expired', 'message 4']);
  expect(client.room(ROOM)?.unreadCount).toBe(1);
  client.markRead(ROOM, at(1));
  await server.clock.advance(0);
  expect(client.room(ROOM)?.unreadCount).toBe(1);
  expect(await stored(world)).not.toMatch(/message [123]/);
});

test('[TIME5] a message that was deleted is no expired one', async () => {
  const world = await greeted([vanishing(1)]);
  const deletion = {
    kind: 'deletion',
    counts: false,
    content: undefined,
    refersTo: at(1),
    at: START + 1,
    ordinal: 1,
  };
  await world.server.connection.push(events([message(2, deletion)]));
  expect(world.client.room(ROOM)?.messages[0]).toMatchObject({ deleted: true, expired: false });
});

test('a store without anything that expires waits for nothing', async () => {
  const world = await onlineClient([entry(messages(1, 3))], { store: new MemoryStore() });
  await goOnline(world).catch(() => undefined);
  expect(await world.store.nextExpiry()).toBeUndefined();
});
