import { expect, test } from 'bun:test';
import type { RelationView } from '@maru/protocol';
import { entry, events, ME, message, messages, OTHER, ROOM, THIRD } from '../testing/fixtures.ts';
import { goOnline, onlineClient, startClient } from '../testing/online-client.ts';
import { DIRECT, direct, related, relating, take } from '../testing/pairs.ts';
import { json } from '../testing/scripted-server.ts';

const NOTE = { type: 'text', text: 'We met at the market.' } as const;
const mine = message(2, { sender: ME });

test.each<[string, RelationView, boolean, 'rooms' | 'requests' | 'neither']>([
  ['of the first rules', { state: 'open', seq: 0 }, false, 'rooms'],
  ['with nobody yet', { state: 'none', seq: 0 }, false, 'rooms'],
  ['of a stranger', { state: 'stranger', seq: 0 }, false, 'requests'],
  ['that waits for an answer', { state: 'writing', seq: 0 }, true, 'rooms'],
  ['of who asks', { state: 'requested-by-them', seq: 1, note: NOTE }, false, 'requests'],
  ['of who asks within a conversation', { state: 'requested-by-them', seq: 3, open: true }, true, 'rooms'],
  ['of whom one asks', { state: 'requested-by-me', seq: 1 }, false, 'rooms'],
  ['of a contact', { state: 'contact', seq: 3 }, false, 'rooms'],
  ['of whom one refused', { state: 'none', seq: 3 }, false, 'neither'],
  ['of whom one removed, or blocks no more', { state: 'none', seq: 3 }, true, 'rooms'],
  ['of whom one blocks', { state: 'blocked', seq: 3 }, true, 'neither'],
])('[REL3] a room %s is where it belongs', async (_, relation, wrote, place) => {
  const { client } = await onlineClient([direct(wrote ? [message(1), mine] : messages(1, 2), relation)]);
  expect(client.rooms).toHaveLength(place === 'rooms' ? 1 : 0);
  expect(client.requests).toHaveLength(place === 'requests' ? 1 : 0);
  expect(client.allRooms).toMatchObject([{ room: DIRECT, relation: { ...relation, pending: false } }]);
  expect(client.room(DIRECT)?.relation).toMatchObject(relation);
});

test.each<[RelationView, boolean]>([
  [{ state: 'open', seq: 0 }, true],
  [{ state: 'none', seq: 0 }, true],
  [{ state: 'stranger', seq: 0 }, false],
  [{ state: 'writing', seq: 0 }, true],
  [{ state: 'requested-by-them', seq: 1 }, false],
  [{ state: 'requested-by-them', seq: 3, open: true }, true],
  [{ state: 'requested-by-me', seq: 1 }, true],
  [{ state: 'contact', seq: 3 }, true],
  [{ state: 'none', seq: 3 }, false],
  [{ state: 'blocked', seq: 3 }, false],
])('[REL4] in a room %j what messages name is fetched unasked: %s', async (relation, loadsRemote) => {
  const { client } = await onlineClient([direct(messages(1, 2), relation), entry(messages(1, 2))]);
  expect(client.room(DIRECT)?.loadsRemote).toBe(loadsRemote);
  expect(client.allRooms.find(({ room }) => room === DIRECT)?.loadsRemote).toBe(loadsRemote);
  expect(client.room(ROOM)?.loadsRemote).toBe(true);
});

test('[REL4] from the moment on at which the user accepts somebody, what they send is fetched', async () => {
  const { client } = await onlineClient([direct(messages(1, 2), { state: 'stranger', seq: 0 })]);
  await client.commands.send(DIRECT, 'hello');
  expect(client.room(DIRECT)?.loadsRemote).toBe(true);
  await client.commands.block(OTHER);
  expect(client.room(DIRECT)?.loadsRemote).toBe(false);
});

test('[REL3] who answers a stranger in words has accepted them, at once and when the answer is known', async () => {
  const world = await onlineClient([direct(messages(1, 2), { state: 'stranger', seq: 0 })]);
  const { client, server } = world;
  await client.commands.send(DIRECT, 'hello');
  const states: unknown[] = [client.room(DIRECT)?.relation?.state];
  client.subscribe(() => states.push(client.room(DIRECT)?.relation?.state));
  expect(client.requests).toEqual([]);
  const { clientMessageId } = server.connection.last('send');
  await server.connection.push(take({ room: DIRECT, clientMessageId }, 3));
  const own = message(3, { sender: ME, clientMessageId, change: { type: 'related', act: 'write' } });
  await server.connection.push({
    kind: 'room',
    entry: direct([...messages(1, 2), own], { state: 'open', seq: 0 }),
  });
  expect(client.rooms).toMatchObject([{ room: DIRECT, relation: { state: 'open' } }]);
  expect(new Set(states)).toEqual(new Set(['open']));
});

test('[REL11] contacts, requests and whom one blocks are lists by name, the same as long as nothing changes', async () => {
  const world = await onlineClient([
    entry(messages(1, 3)),
    direct([], { state: 'requested-by-them', seq: 1, note: NOTE }),
  ]);
  const { client, server } = world;
  expect(client.contacts.incoming).toEqual([
    {
      ...{ user: OTHER, handle: undefined, name: undefined, status: '', avatar: undefined },
      ...{ room: DIRECT, note: NOTE, pending: false },
    },
  ]);
  const users = [
    { user: OTHER, handle: 'jun', name: 'Jun', status: 'away', avatar: 'f'.repeat(64), changedAt: 1 },
    { user: THIRD, handle: 'yuna', name: 'Yuna', changedAt: 1 },
  ];
  server.http = ({ url, body }) => {
    const asked = url.endsWith('/v1/users/lookup')
      ? (JSON.parse(String(body ?? '{}')) as { users: string[] }).users
      : [];
    return asked.length === 0
      ? undefined
      : json(200, { users: users.filter(({ user }) => asked.includes(user)), gone: [] });
  };
  await client.loadContacts();
  expect(client.contacts.incoming).toMatchObject([
    { handle: 'jun', name: 'Jun', status: 'away', avatar: undefined },
  ]);
  await client.commands.accept(OTHER);
  await client.commands.block(THIRD);
  await client.loadContacts();
  const lists = client.contacts;
  expect(lists).toMatchObject({
    contacts: [{ user: OTHER, pending: true, avatar: 'f'.repeat(64) }],
    ...{ incoming: [], outgoing: [] },
    blocked: [{ user: THIRD, name: 'Yuna', pending: true }],
  });
  expect(client.contacts).toBe(lists);
  await server.connection.push(events([message(4)]));
  expect(client.contacts).toEqual(lists);
  await client.commands.block(OTHER);
  expect(client.contacts.blocked.map(({ name }) => name)).toEqual(['Jun', 'Yuna']);
});

test('[REL2] acts name the relation that the device knows; several before an answer name the same', async () => {
  const world = await onlineClient([direct(messages(1, 2), { state: 'contact', seq: 2 })]);
  const { client, server } = world;
  await client.commands.removeContact(OTHER);
  await client.commands.request(OTHER, 'again?');
  await client.commands.cancel(OTHER);
  expect(client.room(DIRECT)?.relation).toEqual({ state: 'none', seq: 2, pending: true });
  const acts = () => relating(world).flatMap((frame) => (frame.kind === 'relate' ? [frame] : []));
  expect(acts().map(({ act, basedOn, note }) => [act, basedOn, note])).toEqual([
    ['remove', 2, undefined],
    ['request', 2, { type: 'text', text: 'again?' }],
    ['cancel', 2, undefined],
  ]);
  const made = acts().map((frame, i) => ({ ...related(3 + i, frame), ordinal: 2 }));
  await server.connection.push(events(made, DIRECT));
  expect(client.room(DIRECT)?.relation).toEqual({ state: 'none', seq: 5, pending: false });
  await client.commands.request(OTHER);
  expect(acts().at(-1)).toMatchObject({ act: 'request', basedOn: 5 });
});

test('[LIMIT2] what makes no sense is refused here: oneself, too long a note, and nobody', async () => {
  const { client } = await onlineClient([]);
  await expect(async () => client.commands.block(ME)).toThrow('yourself');
  await expect(async () => client.commands.request(OTHER, '한'.repeat(501))).toThrow('too long');
  await expect(async () => client.commands.accept(OTHER)).toThrow('nothing between');
  expect((await client.commands.request(OTHER, '한'.repeat(500))).room).toBe(DIRECT);
});

test('a store of an earlier version has no relations: the next sync brings them', async () => {
  const { store, client } = await onlineClient([direct(messages(1, 2), { state: 'contact', seq: 2 })]);
  await client[Symbol.asyncDispose]();
  const [record] = (await store.load()).rooms;
  if (record === undefined) throw new Error('nothing stored');
  const { relation: _relation, wrote: _wrote, ...former } = record;
  await store.apply([{ kind: 'room', record: former }]);
  const world = await startClient({ store });
  expect(world.client.rooms).toMatchObject([{ room: DIRECT, relation: undefined }]);
  await world.client.commands.block(OTHER);
  expect(world.client.rooms).toEqual([]);
  await goOnline(world, [], undefined);
  expect(relating(world)).toMatchObject([{ act: 'block', basedOn: 0 }]);
});
