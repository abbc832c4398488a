import { expect, test } from 'bun:test';
import {
  entry,
  events,
  ME,
  message,
  messages,
  OTHER,
  ROOM,
  synced,
  THIRD,
  welcome,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient } from '../testing/online-client.ts';
import { DIRECT, direct, type Relating, related, relating, take } from '../testing/pairs.ts';

const CONTACT = { state: 'contact', seq: 2 } as const;
const group = () =>
  entry([message(1), message(2, { sender: THIRD }), message(3, { mentions: [ME] })], { memberCount: 3 });
const rooms = ({ client }: { client: { rooms: readonly { room: string }[] } }) =>
  client.rooms.map(({ room }) => room) as string[];

/** A contact, and a group in which they are seen and type. */
async function watchedGroup() {
  const world = await onlineClient([direct(messages(1, 2), CONTACT), group()]);
  const { client, server } = world;
  await client.open(ROOM);
  const looking = client.look([ROOM]);
  const users = [
    { user: OTHER, state: 'active' },
    { user: THIRD, state: 'active' },
  ] as const;
  const { id } = server.connection.last('look');
  await server.connection.push({
    kind: 'seen',
    id,
    rooms: [{ room: ROOM, present: 3, users: [...users], live: true }],
  });
  await looking;
  await server.connection.push({ kind: 'typing', room: ROOM, user: OTHER });
  return world;
}

test('[REL14] who is blocked is neither seen nor seen typing from then on, before the server answers', async () => {
  const { client } = await watchedGroup();
  await client.commands.block(OTHER);
  expect(client.room(ROOM)).toMatchObject({
    typing: [],
    presence: { present: 2, users: [{ user: THIRD }] },
  });
});

test('[REL14] a block holds on the device at once: no room, no signs, and messages in groups folded', async () => {
  const world = await watchedGroup();
  const { client, server } = world;
  const held = client.room(ROOM);
  expect(held).toMatchObject({ typing: [OTHER], presence: { present: 3 } });
  expect(held?.messages.map(({ folded, mentionsMe }) => [folded, mentionsMe])).toEqual([
    [false, false],
    [false, false],
    [false, true],
  ]);

  await server.connection.close(1006);
  const blocking = client.commands.block(OTHER);
  expect(rooms(world)).toEqual([ROOM]);
  expect(client.isBlocked(OTHER)).toBe(true);
  const shown = client.room(ROOM);
  expect(shown).toMatchObject({ typing: [], presence: undefined });
  expect(shown?.messages.map(({ folded, mentionsMe }) => [folded, mentionsMe])).toEqual([
    [true, false],
    [false, false],
    [true, false],
  ]);
  expect(client.contacts.blocked).toMatchObject([{ user: OTHER, room: DIRECT, pending: true }]);
  expect(client.contacts.contacts).toEqual([]);
  // What was said stays, and is read as ever.
  await blocking;
  await client.open(DIRECT);
  expect(client.room(DIRECT)?.messages.map(({ folded }) => folded)).toEqual([false, false]);
  expect(client.room(DIRECT)).toMatchObject({ relation: { state: 'blocked', pending: true } });
  await expect(client.commands.send(DIRECT, 'hello')).rejects.toMatchObject({
    code: 'recipient-unavailable',
  });
});

test('[REL14] a block that was made offline holds over a restart, and goes before what waits elsewhere', async () => {
  const first = await onlineClient([direct(messages(1, 2), CONTACT), group()]);
  await first.server.connection.close(1006);
  await first.client.commands.send(ROOM, 'one');
  await first.client.commands.send(ROOM, 'two');
  await first.client.commands.block(OTHER);
  const world = await startClient({ store: first.store.crash() });
  expect(rooms(world)).toEqual([ROOM]);
  expect(world.client.isBlocked(OTHER)).toBe(true);
  await goOnline(world, [direct(messages(1, 2), CONTACT), group()]);
  const commands = world.server.connection.received.filter(
    ({ kind }) => kind === 'relate' || kind === 'send',
  );
  expect(commands.map(({ kind }) => kind)).toEqual(['relate', 'send', 'send']);
  expect(relating(world)).toMatchObject([{ room: DIRECT, act: 'block', basedOn: 2 }]);
  // Unanswered it goes again, and first.
  await world.server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, [direct(messages(1, 2), CONTACT), group()]);
  expect(relating(world)).toMatchObject([{ act: 'block' }]);
  expect(rooms(world)).toEqual([ROOM]);
});

test('[REL14] nothing of it comes back between the answer and the entry, whichever comes first or is older', async () => {
  const world = await onlineClient([direct(messages(1, 2), CONTACT)]);
  const { client, server } = world;
  const seen: (string | undefined)[] = [];
  client.subscribe(() => seen.push(client.room(DIRECT)?.relation?.state));
  await client.commands.block(OTHER);
  const [block] = relating(world) as [Extract<Relating, { kind: 'relate' }>];
  await server.connection.push(take(block, 3));
  // An entry that was under way before.
  await server.connection.push({ kind: 'room', entry: direct(messages(1, 2), CONTACT) });
  const event = { ...related(3, block), ordinal: 2 };
  await server.connection.push(events([event], DIRECT));
  expect(client.room(DIRECT)?.relation).toEqual({ state: 'blocked', seq: 3, pending: false });
  await server.connection.push({ kind: 'room', entry: direct(messages(1, 2), CONTACT) });
  expect(new Set(seen)).toEqual(new Set(['blocked']));
  const unblocked = direct(
    [...messages(1, 2), event],
    { state: 'none', seq: 4 },
    { head: { seq: 4 as never, ordinal: 2, at: 9_000 } },
  );
  await server.connection.push({ kind: 'room', entry: unblocked });
  expect(client.room(DIRECT)?.relation).toMatchObject({ state: 'none', seq: 4 });
  expect(client.isBlocked(OTHER)).toBe(false);
});

test('[REL14] an act that was done already leaves the outbox when all up to its answer is here', async () => {
  const world = await onlineClient([direct(messages(1, 2), CONTACT)]);
  const { client, server, store } = world;
  await client.commands.block(OTHER);
  // Another device of the user has blocked, and deleted something since.
  await server.connection.push(take(relating(world)[0] as Relating, 4));
  expect(client.room(DIRECT)?.relation).toMatchObject({ state: 'blocked', pending: true });
  const byOther = {
    ...related(3, { act: 'block', clientMessageId: message(9).clientMessageId as never }),
    device: message(1).device as never,
  };
  await server.connection.push(
    events([{ ...byOther, ordinal: 2 }, message(4, { kind: 'deletion', counts: false, ordinal: 2 })], DIRECT),
  );
  expect(client.room(DIRECT)?.relation).toEqual({ state: 'blocked', seq: 3, pending: false });
  await server.clock.advance(1_000);
  expect((await store.load()).outbox).toEqual([]);
});

test('[REL14] somebody is blocked before a word was said: one command, and their messages in groups are folded', async () => {
  const world = await onlineClient([group()]);
  const { client, server } = world;
  await client.open(ROOM);
  await client.commands.block(OTHER);
  expect(relating(world)).toMatchObject([
    { kind: 'create', roomKind: 'direct', room: DIRECT, user: OTHER, relate: { act: 'block' } },
  ]);
  await server.connection.push(take(relating(world)[0] as Relating, 1));
  expect(client.isBlocked(OTHER)).toBe(true);
  expect(rooms(world)).toEqual([ROOM]);
  await client.commands.unblock(OTHER);
  expect(client.isBlocked(OTHER)).toBe(false);
  expect(client.room(ROOM)?.messages.map(({ folded }) => folded)).toEqual([false, false, false]);
  expect(relating(world).at(-1)).toMatchObject({ kind: 'relate', act: 'unblock', basedOn: 0 });
});

test('[REL14] a tail has nothing of who is blocked', async () => {
  const world = await onlineClient([group()]);
  await world.client.commands.block(OTHER);
  const seen: number[] = [];
  for await (const { event } of world.client.tail({ from: 'start', room: ROOM })) {
    seen.push(event.seq);
    break;
  }
  expect(seen).toEqual([2]);
});

test('[REL14] a tail on a new device has nothing of who is blocked, however the rooms come', async () => {
  const world = await startClient();
  const { client, server } = world;
  const seen: number[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { event } of client.tail({ from: 'start', room: ROOM, signal: stop.signal }))
      seen.push(event.seq);
  })();
  server.connection.open();
  await server.connection.push(welcome());
  const first = server.connection.last('sync');
  await server.connection.push(synced(first.id, [group()], { more: true, snapshot: true }));
  expect(seen).toEqual([]);
  const blocked = direct(messages(1, 2), { state: 'blocked', seq: 2 });
  const second = server.connection.last('sync');
  await server.connection.push(synced(second.id, [blocked], { snapshot: true }));
  expect(seen).toEqual([2]);
  stop.abort();
  await reading;
});
