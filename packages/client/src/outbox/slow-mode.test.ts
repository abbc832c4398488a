import { describe, expect, test } from 'bun:test';
import { type ErrorBody, refusal, type UpFrame } from '@maru/protocol';
import { entry, message, messages, ROOM, roomNumber } from '../testing/fixtures.ts';
import { onlineClient, type World } from '../testing/online-client.ts';

type Send = Extract<UpFrame, { kind: 'send' }>;

const sends = ({ server }: Pick<World, 'server'>): Send[] => server.connection.all('send');
const texts = (world: Pick<World, 'server'>) =>
  sends(world).map(({ content }) => ('text' in content ? content.text : content.type));

function refuse({ room, clientMessageId }: Send, error: ErrorBody) {
  return { kind: 'refused', room, clientMessageId, ...error } as const;
}

describe('[GROUP5] a message that comes too soon for slow mode', () => {
  const tooSoon = refusal('rate-limited', 'too soon', {
    retryAfterMs: 8_000,
    limit: { name: 'slowMode', value: 30 },
  });
  const behind = refusal('busy', 'behind another');
  const elsewhere = roomNumber(2);

  async function twoWaiting() {
    const world = await onlineClient([entry(messages(1, 3)), entry([], { room: elsewhere })]);
    for (const text of ['a', 'b']) await world.client.commands.send(ROOM, text);
    const [a, b] = sends(world) as [Send, Send];
    await world.server.connection.push(refuse(a, tooSoon), refuse(b, behind));
    return world;
  }

  test('waits and goes again in its order, and keeps no other room waiting', async () => {
    const world = await twoWaiting();
    await world.client.commands.send(elsewhere, 'elsewhere');
    await world.server.clock.advance(7_900);
    expect(texts(world)).toEqual(['a', 'b', 'elsewhere']);
    await world.server.clock.advance(1_200);
    expect(texts(world)).toEqual(['a', 'b', 'elsewhere', 'a', 'b']);
    expect(sends(world)[3]).toEqual(sends(world)[0] as Send);
  });

  test('says until when it waits, and no longer once it is sent again', async () => {
    const { client, server } = await twoWaiting();
    await client.open(ROOM);
    const waiting = () => client.room(ROOM)?.messages.slice(-2);
    const until = server.clock.now() + 8_000;
    expect(waiting()).toMatchObject([
      { state: 'pending', waiting: { for: 'slow-mode', until } },
      { state: 'pending', waiting: undefined },
    ]);
    expect(waiting()?.[0]).toBe(client.room(ROOM)?.messages.at(-2) as never);
    await server.clock.advance(9_100);
    expect(waiting()).toMatchObject([{ waiting: undefined }, { waiting: undefined }]);
  });

  test('says so to who looks at it, and not while there is no connection', async () => {
    const world = await onlineClient([entry(messages(1, 3))]);
    const { client, server } = world;
    await client.open(ROOM);
    await client.commands.send(ROOM, 'a');
    let told = 0;
    client.subscribe(() => told++);
    await server.connection.push(refuse(sends(world)[0] as Send, tooSoon));
    expect(told).toBeGreaterThan(0);
    expect(client.room(ROOM)?.messages.at(-1)?.waiting?.for).toBe('slow-mode');
    await server.connection.close(1006);
    expect(client.room(ROOM)?.messages.at(-1)).toMatchObject({ state: 'pending', waiting: undefined });
  });

  test('goes at once when slow mode is over', async () => {
    const world = await twoWaiting();
    const change = { type: 'slow-mode-set', seconds: 0 } as const;
    const over = message(4, { kind: 'slow-mode-set', change, counts: false, ordinal: 3 });
    await world.server.connection.push({ kind: 'events', room: ROOM, events: [over] });
    expect(texts(world)).toEqual(['a', 'b', 'a', 'b']);
  });
});
