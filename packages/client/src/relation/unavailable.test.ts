import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { at, cursorAt, events, message, messages, OTHER, synced } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { DIRECT, direct, relating } from '../testing/pairs.ts';
import { answerStatus, refuse, type Send, sends, textsSent } from '../testing/sends.ts';

const OPEN = { state: 'open', seq: 0 } as const;
const GONE = refusal('recipient-unavailable', 'There is no such person, or no longer.');

/** As the deletion of an account looks. */
const LEFT = message(3, { kind: 'left', counts: false, ordinal: 2, change: { type: 'left' } });
const JOINED = message(4, {
  ...{ kind: 'joined', counts: false, ordinal: 2 },
  change: { type: 'joined', users: [OTHER] },
});
const there = () => direct(messages(1, 2), OPEN);
const gone = () => direct([...messages(1, 2), LEFT], OPEN, { memberCount: 1 });

/** Answers the sync that asks what holds now. */
async function confirm({ server }: World, room = gone()): Promise<void> {
  const { id } = server.connection.last('sync');
  await server.connection.push(synced(id, [room], { cursor: cursorAt(2) }));
}

async function refuseFirst(world: World): Promise<void> {
  await world.server.connection.push(refuse(sends(world)[0] as Send, GONE));
  await answerStatus(world, { status: 'unknown' });
}

async function refused(): Promise<World> {
  const world = await onlineClient([there()]);
  await world.client.open(DIRECT);
  await world.client.commands.send(DIRECT, 'one');
  await refuseFirst(world);
  return world;
}

const failed = ({ client }: World) =>
  client
    .room(DIRECT)
    ?.messages.flatMap(({ state, content }) =>
      state === 'failed' && content !== undefined && 'text' in content ? [content.text] : [],
    );

test('who has gone from a direct room is not there, until they are back', async () => {
  const { client, server } = await onlineClient([there()]);
  expect(client.room(DIRECT)?.unavailable).toBe(false);
  await server.connection.push(events([LEFT], DIRECT));
  expect(client.room(DIRECT)?.unavailable).toBe(true);
  await server.connection.push(events([JOINED], DIRECT));
  expect(client.room(DIRECT)?.unavailable).toBe(false);
  const late = await onlineClient([gone()]);
  expect(late.client.room(DIRECT)?.unavailable).toBe(true);
});

test('[REL15] after recipient-unavailable nothing more is sent there, and what was written is kept as failed', async () => {
  const world = await refused();
  const { client, server } = world;
  expect(client.room(DIRECT)?.unavailable).toBe(true);
  await confirm(world);
  const before = server.connection.received.length;
  await client.commands.send(DIRECT, 'two');
  await client.commands.request(OTHER);
  await client.commands.setTimer(DIRECT, 60);
  client.typing(DIRECT);
  expect(server.connection.received.slice(before)).toEqual([]);
  expect(failed(world)).toEqual(['one', 'two']);
  // The server's word and the device's own are the same: they stand one below the other.
  expect(client.deadLetters.map(({ error }) => error)).toEqual(Array(4).fill(GONE));
  // What needs nobody there still goes.
  await client.commands.block(OTHER);
  expect(relating(world)).toMatchObject([{ act: 'block' }]);
});

test('[REL15] what waits behind a refused message is not tried, and a room that is being made is like any other', async () => {
  const world = await startClient();
  const { client, server } = world;
  const { room } = await client.commands.openDirect(OTHER);
  for (let i = 0; i < 70; i++) await client.commands.send(room, `m${i}`);
  await goOnline(world, []);
  const sent = server.connection.received.length;
  const [create] = relating(world);
  if (create === undefined) throw new Error('nothing was made');
  await server.connection.push({ kind: 'refused', room, clientMessageId: create.clientMessageId, ...GONE });
  await answerStatus(world, { status: 'unknown' });
  expect(server.connection.received.slice(sent).map(({ kind }) => kind)).toEqual(['status']);
  expect(client.room(room)).toMatchObject({ unavailable: true, membership: 'creating' });
  await client.commands.send(room, 'more');
  expect(textsSent(world)).not.toContain('more');
  // Who asks for the room once more is heard.
  await client.commands.openDirect(OTHER);
  expect(relating(world)).toHaveLength(2);
});

test.each([
  ['an event', () => [events([JOINED], DIRECT)]],
  ['an entry', () => [{ kind: 'room' as const, entry: direct([...messages(1, 2), LEFT, JOINED], OPEN) }]],
])(
  '[REL15] %s that brings the person back opens the room again, over restarts too; an older one does not',
  async (_, back) => {
    const first = await refused();
    await first.server.connection.push({ kind: 'room', entry: there() });
    expect(first.client.room(DIRECT)?.unavailable).toBe(true);
    await confirm(first);
    expect(first.client.room(DIRECT)?.unavailable).toBe(true);
    await first.client[Symbol.asyncDispose]();
    const world = await startClient({ store: first.store });
    await goOnline(world, [], cursorAt(2));
    await world.client.commands.send(DIRECT, 'still there?');
    expect(textsSent(world)).not.toContain('still there?');
    await world.server.connection.push(...back());
    expect(world.client.room(DIRECT)?.unavailable).toBe(false);
    await world.client.commands.send(DIRECT, 'hello again');
    expect(textsSent(world)).toContain('hello again');
  },
);

test('[REL15] what is written offline waits for what the server says when it is reached', async () => {
  for (const isBack of [true, false]) {
    const world = await refused();
    const { client, server } = world;
    await confirm(world);
    await server.connection.close(1006);
    await client.commands.send(DIRECT, 'two');
    expect(client.room(DIRECT)?.messages.at(-1)?.state).toBe('pending');
    await reconnect(world);
    const back = direct([...messages(1, 2), LEFT, JOINED], OPEN);
    await goOnline(world, isBack ? [back] : [], cursorAt(3));
    expect(textsSent(world)).toEqual(isBack ? ['two'] : []);
    expect(failed(world)).toEqual(isBack ? ['one'] : ['one', 'two']);
  }
});

test('[REL15] a refusal of an earlier time that is repeated holds nothing back for long', async () => {
  const world = await refused();
  const { client } = world;
  expect(client.room(DIRECT)?.unavailable).toBe(true);
  // The other was gone when it was first refused, and is back: nothing has changed since this device last looked.
  await confirm(world, there());
  expect(client.room(DIRECT)?.unavailable).toBe(false);
});

test('[REL15] a room that could not be made is written in once the other has made it', async () => {
  const world = await onlineClient([]);
  const { client, server } = world;
  const { sending } = await client.commands.openDirect(OTHER);
  const { room, clientMessageId } = server.connection.last('create');
  await server.connection.push({ kind: 'refused', room, clientMessageId, ...GONE });
  await answerStatus(world, { status: 'unknown' });
  expect(await sending?.outcome()).toMatchObject({ kind: 'failed' });
  await client.commands.send(DIRECT, 'before');
  expect(textsSent(world)).toEqual([]);
  await server.connection.push({ kind: 'room', entry: there() });
  await client.commands.send(DIRECT, 'hello');
  expect(textsSent(world)).toEqual(['hello']);
});

test('[REL15] the end of a block of the user opens the room again', async () => {
  const world = await refused();
  const { client, server } = world;
  await confirm(world, direct([...messages(1, 2), LEFT], { state: 'blocked', seq: 3 }));
  expect(client.room(DIRECT)?.unavailable).toBe(true);
  await client.commands.unblock(OTHER);
  const head = { seq: at(4), ordinal: 2, at: 1_004 };
  await server.connection.push({ kind: 'room', entry: direct([], { state: 'none', seq: 4 }, { head }) });
  expect(client.room(DIRECT)?.unavailable).toBe(false);
});
