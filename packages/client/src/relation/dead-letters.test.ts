import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { at, cursorAt, entry, messages, OTHER, ROOM, THIRD } from '../testing/fixtures.ts';
import { goOnline, onlineClient, startClient, type World } from '../testing/online-client.ts';
import { DIRECT, direct, type Relating, relating, take } from '../testing/pairs.ts';
import { answerStatus } from '../testing/sends.ts';

const CHANGED = refusal('relation-changed', 'What you are to each other has changed.');
const FORBIDDEN = refusal('forbidden', 'You may not.');

async function refuse(world: World, command: Pick<Relating, 'room' | 'clientMessageId'>, error = CHANGED) {
  const { room, clientMessageId } = command;
  await world.server.connection.push({ kind: 'refused', room, clientMessageId, ...error });
  await answerStatus(world, { status: 'unknown' });
}

test('[REL16] an unblock made on an older relation is kept for the user, over restarts, and goes again on the newer one', async () => {
  const first = await onlineClient([direct(messages(1, 2), { state: 'blocked', seq: 2 })]);
  const sending = await first.client.commands.unblock(first.client.room(DIRECT)?.peer as never);
  expect(first.client.isBlocked(first.client.room(DIRECT)?.peer as never)).toBe(false);
  await refuse(first, relating(first)[0] as Relating);
  expect(await sending.outcome()).toMatchObject({ kind: 'failed', error: { code: 'relation-changed' } });
  // What the server says holds again.
  expect(first.client.isBlocked(first.client.room(DIRECT)?.peer as never)).toBe(true);
  await first.client[Symbol.asyncDispose]();

  const world = await startClient({ store: first.store });
  await goOnline(world, [direct(messages(1, 5), { state: 'blocked', seq: 5 })], cursorAt(2));
  const { client } = world;
  const letters = client.deadLetters;
  expect(letters).toMatchObject([{ room: DIRECT, command: { act: 'unblock', basedOn: 2 }, error: CHANGED }]);
  expect(client.deadLetters).toBe(letters);
  expect(relating(world)).toEqual([]);
  await client.commands.resend(DIRECT, letters[0]?.clientMessageId as never);
  expect(relating(world)).toMatchObject([{ kind: 'relate', act: 'unblock', basedOn: 5 }]);
  expect(client.deadLetters).toEqual([]);
  await world.server.connection.push(take(relating(world)[0] as Relating, 6));
  expect(client.deadLetters).toEqual([]);
});

test('[REL16] there is one list over all rooms, those that are being made included, and what is dropped is gone', async () => {
  const world = await onlineClient([
    entry(messages(1, 3)),
    direct(messages(1, 2), { state: 'open', seq: 0 }),
  ]);
  const { client, store } = world;
  await client.commands.rename(ROOM, 'Others');
  await refuse(world, world.server.connection.last('rename'), FORBIDDEN);
  await client.commands.send(DIRECT, 'hello');
  await refuse(world, world.server.connection.last('send'), refusal('recipient-unavailable', 'Gone.'));
  await client.commands.request(THIRD, 'hi');
  await refuse(world, world.server.connection.last('create'), refusal('recipient-unavailable', 'Gone.'));
  const letters = client.deadLetters;
  expect(letters.map(({ command, error }) => [command.kind, error.code])).toEqual([
    ['rename', 'forbidden'],
    ['send', 'recipient-unavailable'],
    ['create', 'recipient-unavailable'],
  ]);
  for (const { room, clientMessageId } of letters) await client.commands.discard(room, clientMessageId);
  expect(client.deadLetters).toEqual([]);
  expect((await store.load()).outbox).toEqual([]);
});

test('[REL16] a request whose room has come meanwhile goes again as one to that room', async () => {
  const world = await onlineClient([]);
  const { client, server } = world;
  const peer = direct(messages(1, 2), { state: 'stranger', seq: 0 }).peer as never;
  await client.commands.request(peer, 'hi');
  await refuse(world, relating(world)[0] as Relating);
  await server.connection.push({
    kind: 'room',
    entry: direct(messages(1, 4), { state: 'none', seq: at(4) }),
  });
  await client.commands.resend(DIRECT, client.deadLetters[0]?.clientMessageId as never);
  expect(relating(world).at(-1)).toMatchObject({
    ...{ kind: 'relate', act: 'request', basedOn: 4 },
    note: { type: 'text', text: 'hi' },
  });
});

test('a room that is refused says why, and so does what was written in it, until it is asked for anew', async () => {
  const CONTACTS_ONLY = refusal('contacts-only', 'Only contacts may.');
  const world = await onlineClient([]);
  const { client, server } = world;
  await client.commands.openDirect(OTHER);
  await client.commands.send(DIRECT, 'hello');
  expect(client.room(DIRECT)?.refused).toBeUndefined();
  await refuse(world, server.connection.last('create'), CONTACTS_ONLY);
  expect(client.room(DIRECT)).toMatchObject({ membership: 'creating', refused: CONTACTS_ONLY });
  await refuse(world, server.connection.last('send'), refusal('not-found', 'There is no such room.'));
  expect(client.room(DIRECT)?.messages).toMatchObject([{ state: 'failed', error: CONTACTS_ONLY }]);
  expect(client.deadLetters.map(({ error }) => error.code)).toEqual(['contacts-only', 'contacts-only']);

  await client.commands.request(OTHER, 'may I?');
  expect(client.room(DIRECT)?.refused).toBeUndefined();
  await refuse(world, server.connection.last('create'), FORBIDDEN);
  expect(client.room(DIRECT)?.refused).toEqual(FORBIDDEN);
  for (const { room, clientMessageId } of client.deadLetters)
    await client.commands.discard(room, clientMessageId);
  expect(client.room(DIRECT)).toBeUndefined();
});
