import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { at, events, message, messages, OTHER } from '../testing/fixtures.ts';
import { goOnline, onlineClient, startClient, type World } from '../testing/online-client.ts';
import { DIRECT, direct, relating } from '../testing/pairs.ts';
import { answerStatus, refuse, type Send, sends, textsSent } from '../testing/sends.ts';

const OPEN = { state: 'open', seq: 0 } as const;
const GONE = refusal('recipient-unavailable', 'Nobody is there.');

/** Three messages were written, and the first was refused. */
async function refused(): Promise<World> {
  const world = await onlineClient([direct(messages(1, 2), OPEN)]);
  const { client, server } = world;
  await client.open(DIRECT);
  await client.commands.send(DIRECT, 'one');
  await server.connection.close(1006);
  for (const text of ['two', 'three']) await client.commands.send(DIRECT, text);
  while (server.connections.length < 2) await server.clock.advance(500);
  await goOnline(world, [direct(messages(1, 2), OPEN)]);
  return world;
}

const failed = ({ client }: World) =>
  client
    .room(DIRECT)
    ?.messages.flatMap(({ state, content }) =>
      state === 'failed' && content !== undefined && 'text' in content ? [content.text] : [],
    );

test('[REL15] after recipient-unavailable nothing more is sent there, and what was written is kept as failed', async () => {
  const world = await refused();
  const { client, server } = world;
  for (const send of sends(world)) {
    await server.connection.push(refuse(send, GONE));
    await answerStatus(world, { status: 'unknown' });
  }
  expect(client.room(DIRECT)?.unavailable).toBe(true);
  expect(failed(world)).toEqual(['one', 'two', 'three']);
  const before = server.connection.received.length;
  await client.commands.send(DIRECT, 'four');
  await client.commands.request(OTHER);
  client.typing(DIRECT);
  expect(server.connection.received.slice(before)).toEqual([]);
  expect(client.deadLetters.map(({ error }) => error.code)).toEqual(Array(5).fill('recipient-unavailable'));
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
  ['an event', [events([joined()], DIRECT)]],
  ['an entry', [{ kind: 'room', entry: direct([...messages(1, 2), joined()], OPEN) }]],
] as const)(
  '[REL15] %s that brings the person back opens the room again, an older one does not',
  async (_, frames) => {
    const first = await refused();
    await first.server.connection.push(refuse(sends(first)[0] as Send, GONE));
    await answerStatus(first, { status: 'unknown' });
    await first.server.connection.push({ kind: 'room', entry: direct(messages(1, 2), OPEN) });
    expect(first.client.room(DIRECT)?.unavailable).toBe(true);
    // As the deletion of an account looks.
    const left = message(3, { kind: 'left', counts: false, ordinal: 2, change: { type: 'left' } });
    await first.server.connection.push({
      kind: 'room',
      entry: direct([...messages(1, 2), left], OPEN, { memberCount: 1 }),
    });
    expect(first.client.room(DIRECT)?.unavailable).toBe(true);
    await first.client[Symbol.asyncDispose]();
    const world = await startClient({ store: first.store });
    const stored = direct([...messages(1, 2), left], OPEN, { memberCount: 1 });
    await goOnline(world, [stored]);
    await world.client.commands.send(DIRECT, 'still there?');
    expect(textsSent(world)).not.toContain('still there?');
    await world.server.connection.push(...(frames as never as []));
    expect(world.client.room(DIRECT)?.unavailable).toBe(false);
    await world.client.commands.send(DIRECT, 'hello again');
    expect(textsSent(world)).toContain('hello again');
  },
);

function joined() {
  return message(4, {
    kind: 'joined',
    counts: false,
    ordinal: 2,
    change: { type: 'joined', users: [OTHER] },
  });
}

test('[REL15] the end of a block of the user opens the room again', async () => {
  const world = await onlineClient([direct(messages(1, 2), OPEN)]);
  const { client, server } = world;
  await client.commands.send(DIRECT, 'hello');
  await server.connection.push(refuse(sends(world)[0] as Send, GONE));
  await answerStatus(world, { status: 'unknown' });
  const blocked = direct(messages(1, 3), { state: 'blocked', seq: 3 });
  await server.connection.push({ kind: 'room', entry: blocked });
  await client.commands.unblock(OTHER);
  await server.connection.push({
    kind: 'room',
    entry: direct(messages(1, 4), { state: 'none', seq: 4 }, { head: { seq: at(4), ordinal: 4, at: 1_004 } }),
  });
  expect(client.room(DIRECT)?.unavailable).toBe(false);
});
