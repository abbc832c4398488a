import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { lostSends } from '../outbox/lost-sends.ts';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  message,
  messageId,
  messages,
  OTHER,
  page,
  ROOM,
  roomNumber,
  synced,
  THIRD,
  welcome,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { direct } from '../testing/pairs.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

const quoteOf = ({ client }: Pick<World, 'client'>, seq: number) =>
  client.room(ROOM)?.messages.find((line) => line.seq === seq)?.quote;
const reply = (seq: number, replyTo: number) => message(seq, { replyTo: at(replyTo) });
const edit = (seq: number, refersTo: number, text: string) =>
  message(seq, { kind: 'edit', counts: false, refersTo: at(refersTo), content: { type: 'text', text } });
const deletion = (seq: number, refersTo: number) =>
  message(seq, { kind: 'deletion', counts: false, refersTo: at(refersTo), content: undefined });
const said = (seq: number, text = `message ${seq}`) =>
  ({ kind: 'message', seq: at(seq), sender: OTHER, text, type: 'text' }) as const;

async function openedClient(...list: Parameters<typeof entry>): Promise<World> {
  const world = await onlineClient([entry(...list)]);
  await world.client.open(ROOM);
  return world;
}

test('[TALK7] an answer names in its envelope what it answers, and an edit leaves that as it is', async () => {
  const world = await openedClient(messages(1, 3));
  const { client, server } = world;
  await client.commands.send(ROOM, 'yes', { replyTo: at(2) });
  const sent = server.connection.last('send');
  expect(sent).toMatchObject({ replyTo: 2, content: { type: 'text', text: 'yes' } });
  expect(client.room(ROOM)?.messages.at(-1)?.quote).toEqual(said(2));
  const { room, clientMessageId } = sent;
  await server.connection.push({ kind: 'accepted', room, clientMessageId, seq: at(4), at: 9 });
  expect(quoteOf(world, 4)).toEqual(said(2));
  const other = { ...edit(5, 4, 'no'), sender: ME };
  await server.connection.push(events([other]));
  expect(quoteOf(world, 4)).toEqual(said(2));
});

test('[TALK8] a quote follows what it quotes: an edit shows, a deletion leaves "deleted"', async () => {
  const world = await openedClient([...messages(1, 2), reply(3, 1)]);
  const { connection } = world.server;
  expect(quoteOf(world, 3)).toEqual(said(1));
  const line = world.client.room(ROOM)?.messages[2];
  await connection.push(events([message(4)]));
  expect(world.client.room(ROOM)?.messages[2]).toBe(line as never);
  await connection.push(events([edit(5, 1, 'better')]));
  expect(quoteOf(world, 3)).toEqual(said(1, 'better'));
  await connection.push(events([deletion(6, 1)]));
  expect(quoteOf(world, 3)).toEqual({ kind: 'deleted', seq: at(1), sender: OTHER });
});

test('[TALK8] of a long message a quote has the beginning, and of what looks otherwise there as much', async () => {
  const entities = [
    { type: 'bold' as const, offset: 190, length: 40 },
    { type: 'spoiler' as const, offset: 240, length: 5 },
  ];
  const long = message(1, { content: { type: 'text', text: 'a'.repeat(300), entities } });
  const world = await openedClient([long, reply(2, 1)]);
  expect(quoteOf(world, 2)).toEqual({
    ...said(1, 'a'.repeat(200)),
    entities: [{ type: 'bold', offset: 190, length: 10 }],
  });
});

test('[TALK8] of a kind that is not known a quote has no text, whatever stands in it', async () => {
  const later = message(1, { content: { type: 'later', line: 'here', entities: 5 } });
  const world = await openedClient([later, reply(2, 1)]);
  expect(quoteOf(world, 2)).toEqual({ ...said(1), text: undefined, type: 'later' } as never);
});

test('[TALK8] a quote of what is gone says that it expired from its time on, as the message itself does, whenever one looked', async () => {
  const start = 1_000;
  const world = await openedClient([
    message(1, { expiresAfter: 60, expiresAt: start + 60_000 }),
    message(2, { expiresAfter: 60, expiresAt: start + 60_000 }),
    ...[reply(3, 1), reply(4, 2)],
  ]);
  const { connection, clock } = world.server;
  await connection.push(events([deletion(5, 2)]));
  expect([quoteOf(world, 3), quoteOf(world, 4)]).toEqual([
    said(1),
    { kind: 'deleted', seq: at(2), sender: OTHER },
  ]);
  await clock.advance(120_000);
  expect(quoteOf(world, 3)).toEqual({ kind: 'deleted', seq: at(1), sender: OTHER, expired: true });
  expect(quoteOf(world, 4)).toEqual({ kind: 'deleted', seq: at(2), sender: OTHER, expired: true });
});

test('[TALK8] what was deleted says so as long as its time is not over for the server, pinned or not, on a clock that is ahead', async () => {
  const server = new ScriptedServer();
  await server.clock.advance(7_200_000);
  const world = await startClient({}, server);
  const { client } = world;
  server.connection.open();
  await server.connection.push(welcome({ now: server.clock.now() - 3_600_000 }));
  const { id } = server.connection.last('sync');
  const expiresAt = server.clock.now() - 60_000;
  const list = [message(1, { expiresAfter: 60, expiresAt, content: undefined }), reply(2, 1)];
  await server.connection.push(synced(id, [entry(list, { facts: { pins: [at(1)] } })]));
  await client.open(ROOM);
  expect(quoteOf(world, 2)).toEqual({ kind: 'deleted', seq: at(1), sender: OTHER });
  await server.clock.advance(3_600_000);
  await server.connection.push(events([message(3)]));
  expect(quoteOf(world, 2)).toEqual({ kind: 'deleted', seq: at(1), sender: OTHER, expired: true });
});

test('[TALK8] what is quoted and not shown is read from the store, or once from the server, and then kept right', async () => {
  const head = { seq: at(900), ordinal: 900, at: 9 };
  const world = await openedClient([...messages(881, 899), reply(900, 5)], { head });
  const { server } = world;
  expect(quoteOf(world, 900)).toEqual({ kind: 'awaited', seq: at(5) });
  await settle();
  quoteOf(world, 900);
  const asked = server.connection.all('history');
  expect(asked).toMatchObject([{ from: 5, direction: 'older', limit: 1 }]);
  await server.connection.push(events([edit(901, 5, 'said anew')]));
  await server.connection.push(page(asked[0]?.id ?? 0, [message(5)], 900));
  expect(quoteOf(world, 900)).toEqual(said(5, 'said anew'));
  await server.connection.push(events([deletion(902, 5), reply(903, 5)]));
  expect(quoteOf(world, 900)).toEqual({ kind: 'deleted', seq: at(5), sender: OTHER });
  expect(quoteOf(world, 903)).toEqual({ kind: 'deleted', seq: at(5), sender: OTHER });
  expect(server.connection.all('history')).toHaveLength(1);
});

test('[TALK8] without a server a quote from the store is there, and another is awaited until there is one', async () => {
  const head = { seq: at(900), ordinal: 900, at: 9 };
  const first = await onlineClient([
    entry([...messages(801, 898), reply(899, 5), reply(900, 805)], { head }),
  ]);
  await first.client[Symbol.asyncDispose]();
  const world = await startClient({ store: first.store });
  await world.client.open(ROOM);
  expect(quoteOf(world, 900)).toEqual({ kind: 'awaited', seq: at(805) });
  expect(quoteOf(world, 899)).toEqual({ kind: 'awaited', seq: at(5) });
  await settle();
  expect(quoteOf(world, 900)).toEqual(said(805));
  expect(quoteOf(world, 899)).toEqual({ kind: 'awaited', seq: at(5) });
  await goOnline(world, []);
  quoteOf(world, 899);
  await settle();
  const { id } = world.server.connection.last('history');
  await world.server.connection.push(page(id, [message(5)], 900));
  expect(quoteOf(world, 899)).toEqual(said(5));
});

test('[TALK8] a quote that the server refuses to give now is asked for again with the next session', async () => {
  const head = { seq: at(900), ordinal: 900, at: 9 };
  const world = await openedClient([...messages(881, 899), reply(900, 5)], { head });
  quoteOf(world, 900);
  await settle();
  const { id } = world.server.connection.last('history');
  const error = refusal('rate-limited', 'Too fast.', { retryAfterMs: 1 });
  await world.server.connection.push({ kind: 'error', id, ...error });
  expect(quoteOf(world, 900)).toEqual({ kind: 'awaited', seq: at(5) });
  expect(world.server.connection.all('history')).toHaveLength(1);
  await world.server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, [], cursorAt(2));
  quoteOf(world, 900);
  await settle();
  expect(world.server.connection.all('history')).toHaveLength(1);
});

test('[TALK8][PRIV5] of what lies below what the user may see a quote shows nothing, and asks for nothing', async () => {
  const world = await openedClient([message(10), reply(11, 5)], { visible: [[at(10), null]] });
  expect(quoteOf(world, 11)).toEqual({ kind: 'hidden', seq: at(5) });
  await settle();
  expect(world.server.connection.all('history')).toEqual([]);
});

test('[TALK7] what an older client wrote into its text is understood, too', async () => {
  const old = message(3, { content: { type: 'text', text: 'yes', replyTo: at(1) } });
  const world = await openedClient([...messages(1, 2), old]);
  expect(quoteOf(world, 3)).toEqual(said(1));
});

test('an answer that a restored server lost is given again, and answers nothing that was lost, too', () => {
  const own = (seq: number, replyTo: number) =>
    message(seq, { sender: ME, device: undefined, replyTo: at(replyTo), clientMessageId: messageId(seq) });
  const me = { user: ME, device: undefined as never };
  const [kept, loose] = lostSends([own(6, 2), own(7, 6)], me, ROOM, 5);
  expect(kept).toMatchObject({ kind: 'send', replyTo: 2 });
  expect(loose).not.toHaveProperty('replyTo');
});

test.each(['group', 'channel'] as const)(
  '[REL14] what somebody wrote in a %s whom the user blocks is folded where it is quoted or pinned, loaded or not',
  async (roomKind) => {
    const list = [
      ...messages(881, 898),
      { ...reply(899, 898), sender: THIRD },
      { ...reply(900, 5), sender: THIRD },
    ];
    const head = { seq: at(900), ordinal: 900, at: 9 };
    const facts = { pins: [at(6)] };
    const theirs = direct(messages(1, 2), { state: 'contact', seq: 2 });
    const world = await onlineClient([theirs, entry(list, { head, facts, memberCount: 3, roomKind })]);
    const { client, server } = world;
    await client.open(ROOM);
    const shown = () => [quoteOf(world, 899), quoteOf(world, 900), client.room(ROOM)?.pins[0]];
    shown();
    for (let asked = 0; asked < 2; asked++) {
      await settle();
      const { id, from } = server.connection.last('history');
      await server.connection.push(page(id, [message(from ?? 0)], 900));
    }
    expect(shown()).toEqual([said(898), said(5), said(6)]);
    await client.commands.block(OTHER);
    const folded = shown();
    expect(folded).toEqual([898, 5, 6].map((seq) => ({ ...said(seq), folded: true })));
    const line = client.room(ROOM)?.messages.at(-1);
    client.markUnread(ROOM);
    expect(client.room(ROOM)?.messages.at(-1)).toBe(line as never);
    await client.commands.unblock(OTHER);
    expect(shown()).toEqual([said(898), said(5), said(6)]);
  },
);

test('[OWN7][TALK8] of what the user deleted for themselves a quote shows nothing', async () => {
  const world = await openedClient([...messages(1, 2), reply(3, 1)]);
  expect(quoteOf(world, 3)).toEqual(said(1));
  await world.client.settings.hideMessages(ROOM, [at(1)]);
  expect(quoteOf(world, 3)).toEqual({ kind: 'hidden', seq: at(1) });
});

test('a message of a room that is not open is quoted, and follows what happens to it', async () => {
  const world = await onlineClient([entry(messages(1, 3))]);
  const { client, server } = world;
  let changes = 0;
  client.subscribe(() => changes++);
  expect(client.quote(ROOM, at(2)).kind).toBe('awaited');
  await settle();
  expect(changes).toBeGreaterThan(0);
  expect(client.quote(ROOM, at(2))).toEqual(said(2));
  await server.connection.push(events([edit(4, 2, 'better')]));
  expect(client.quote(ROOM, at(2))).toEqual(said(2, 'better'));
  expect(client.quote(roomNumber(9), at(1))).toEqual({ kind: 'hidden', seq: at(1) });
});
