import { expect, test } from 'bun:test';
import { type Event, limits } from '@maru/protocol';
import fc from 'fast-check';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  message,
  messages,
  page,
  ROOM,
  synced,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, type World } from '../testing/online-client.ts';

const shown = ({ client }: Pick<World, 'client'>) =>
  (client.room(ROOM)?.messages ?? []).map(({ seq }) => Number(seq));

async function openRoom(world: World): Promise<World> {
  await world.client.open(ROOM);
  return world;
}

test('[ORD3] what lies behind a gap is not shown before the gap is filled', async () => {
  const world = await openRoom(await onlineClient());
  const { server, client } = world;
  await server.connection.push(events([message(6)]), events([message(5)]));
  expect(shown(world)).toEqual([1, 2, 3]);
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 3, latest: { seq: 3 } });
  await server.clock.advance(100);
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ room: ROOM, from: 3, direction: 'newer' });
  await server.connection.push(page(asked.id, messages(3, 4), 6));
  expect(shown(world)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 6, latest: { seq: 6 } });
});

test('[ORD3] frames that only overtook each other make no request', async () => {
  const world = await openRoom(await onlineClient());
  const { server } = world;
  await server.connection.push(events([message(5)]), events([message(4)]));
  await server.clock.advance(1_000);
  expect(shown(world)).toEqual([1, 2, 3, 4, 5]);
  expect(server.connection.all('history')).toEqual([]);
});

test('[ORD3] numbers that may not be seen are no gap', async () => {
  const visible: [ReturnType<typeof at>, ReturnType<typeof at> | null][] = [
    [at(4), at(6)],
    [at(10), null],
  ];
  const list = [...messages(4, 6), ...messages(10, 11)];
  const world = await openRoom(await onlineClient([entry(list, { visible })]));
  await world.server.connection.push(events([message(12)]));
  expect(shown(world)).toEqual([4, 5, 6, 10, 11, 12]);
  expect(world.client.room(ROOM)?.atStart).toBe(true);
  expect(world.server.connection.all('history')).toEqual([]);
});

test('[ORD3][SYNC1] a device that was far away begins the room anew at its end, and loads the rest when asked', async () => {
  const world = await openRoom(await onlineClient(undefined, { gapEventsMax: 10 }));
  const { server, client } = world;
  await server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, [entry(messages(81, 100))], cursorAt(2));
  expect(shown(world)).toEqual(messages(81, 100).map(({ seq }) => Number(seq)));
  expect(server.connection.all('history')).toEqual([]);
  const older = client.loadOlder(ROOM, 5);
  await server.clock.advance(0);
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ from: 80, direction: 'older', limit: 5 });
  await server.connection.push(page(asked.id, messages(76, 80), 100));
  expect(await older).toBe(5);
  expect(shown(world)[0]).toBe(76);
  // What was fetched joins the run: it is there without a server.
  client.close(ROOM);
  await server.connection.close(1006);
  await client.open(ROOM);
  expect(shown(world)).toEqual(messages(76, 100).map(({ seq }) => Number(seq)));
});

test('[ORD3] a room without events in its entry has its end fetched', async () => {
  const head = { seq: at(500), ordinal: 500, at: 9 };
  const world = await openRoom(await onlineClient([entry([], { head, unreadCount: 7 })]));
  const { server, client } = world;
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ direction: 'older' });
  await server.connection.push(page(asked.id, messages(451, 500), 500));
  expect(shown(world).at(-1)).toBe(500);
  expect(client.room(ROOM)?.unreadCount).toBe(7);
});

test('[ORD1] an event that comes twice is one event; another one under its number is a fault', async () => {
  const world = await openRoom(await onlineClient());
  const { server, faults } = world;
  await server.connection.push(
    events([message(3)]),
    events([message(4), message(4)]),
    events(messages(2, 4)),
  );
  expect(shown(world)).toEqual([1, 2, 3, 4]);
  expect(faults).toEqual([]);
  await server.connection.push(events([message(4, { sender: ME })]));
  expect(faults.map(({ code }) => code)).toEqual(['conflicting-event']);
  // What is known can't be trusted any more: everything is asked for anew.
  const again = server.connection.last('sync');
  expect(again.cursor).toBeUndefined();
  await server.connection.push(
    synced(again.id, [entry(messages(1, 5), { unreadCount: 2 })], { snapshot: true }),
  );
  expect(shown(world)).toEqual([1, 2, 3, 4, 5]);
  expect(world.client.room(ROOM)?.unreadCount).toBe(2);
});

test('a room that is gone from the user gives up its gap', async () => {
  const world = await onlineClient();
  const { server } = world;
  await server.connection.push(events([message(9)]));
  await server.clock.advance(100);
  const { id } = server.connection.last('history');
  await server.connection.push({
    kind: 'error',
    id,
    code: 'not-found',
    message: 'No such room.',
    retryable: false,
  });
  await server.clock.advance(5_000);
  expect(server.connection.all('history')).toHaveLength(1);
});

test('a page that is refused for now is asked for again', async () => {
  const world = await openRoom(await onlineClient());
  const { server } = world;
  await server.connection.push(events([message(5)]));
  await server.clock.advance(100);
  const { id } = server.connection.last('history');
  await server.connection.push({
    kind: 'error',
    id,
    code: 'busy',
    message: 'Busy.',
    retryable: true,
    retryAfterMs: 500,
  });
  await server.clock.advance(2_000);
  const again = server.connection.last('history');
  expect(again.id).not.toBe(id);
  await server.connection.push(page(again.id, messages(3, 5), 5));
  expect(shown(world)).toEqual([1, 2, 3, 4, 5]);
});

test('edits and deletions change what is shown, stored and listed', async () => {
  const world = await openRoom(await onlineClient());
  const { server, client } = world;
  const change = (seq: number, kind: string, refersTo: number, text?: string) =>
    message(seq, {
      kind,
      counts: false,
      ordinal: 3,
      refersTo: at(refersTo),
      content: text === undefined ? undefined : { type: 'text', text },
    });
  await server.connection.push(events([change(4, 'edit', 3, 'better'), change(5, 'deletion', 2)]));
  expect(client.room(ROOM)?.messages).toMatchObject([
    { seq: 1, edited: false, deleted: false },
    { seq: 2, deleted: true, content: undefined },
    { seq: 3, edited: true, content: { type: 'text', text: 'better' } },
  ]);
  expect(client.room(ROOM)?.latest?.edited?.content).toEqual({ type: 'text', text: 'better' });
  expect(client.room(ROOM)?.unreadCount).toBe(2);
  client.close(ROOM);
  await client.open(ROOM);
  expect(client.room(ROOM)?.messages).toMatchObject([{}, { deleted: true }, { content: { text: 'better' } }]);
});

test('what happens to a message while its page is under way is not lost', async () => {
  const head = { seq: at(100), ordinal: 100, at: 9 };
  const world = await openRoom(await onlineClient([entry(messages(81, 100), { head })]));
  const { server, client } = world;
  const older = client.loadOlder(ROOM);
  await server.clock.advance(0);
  const asked = server.connection.last('history');
  const content = { type: 'text' as const, text: 'edited meanwhile' };
  await server.connection.push(
    events([message(101, { kind: 'edit', counts: false, ordinal: 100, refersTo: at(80), content })]),
  );
  await server.connection.push(page(asked.id, messages(31, 80), 100));
  await older;
  const edited = () => client.room(ROOM)?.messages.find(({ seq }) => seq === at(80));
  expect(edited()).toMatchObject({ edited: true, content });
  client.close(ROOM);
  await client.open(ROOM);
  await client.loadOlder(ROOM);
  expect(edited()).toMatchObject({ edited: true, content });
});

test('a room follows what its events say of it', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  const change = (seq: number, kind: string, what: Event['change']) =>
    message(seq, { kind, counts: false, ordinal: 3, content: undefined, change: what });
  await server.connection.push(
    events([
      change(4, 'joined', { type: 'joined', users: [ME] }),
      change(5, 'renamed', { type: 'renamed', name: 'New name' }),
      change(6, 'history-set', { type: 'history-set', history: 'since-joined' }),
      change(7, 'left', { type: 'left' }),
      change(8, 'described', { type: 'described', description: '조용한 방' }),
    ]),
  );
  expect(client.room(ROOM)).toMatchObject({
    name: 'New name',
    history: 'since-joined',
    memberCount: 2,
    unreadCount: 3,
    facts: { description: '조용한 방' },
  });
  await server.connection.push(events([change(9, 'removed', { type: 'removed', user: ME })]));
  expect(client.room(ROOM)).toMatchObject({ membership: 'removed', unreadCount: 0 });
});

test('[ORD3][ORD1] however events come, a room shows a beginning of its history, and in the end all of it', async () => {
  const total = 40;
  const delivery = fc.array(fc.tuple(fc.integer({ min: 1, max: total }), fc.integer({ min: 0, max: 5 })), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(delivery, async (frames) => {
      const world = await openRoom(await onlineClient([entry(messages(1, 1))]));
      const { server, client } = world;
      let answered = 0;
      const answer = async () => {
        for (;;) {
          const asked = server.connection.all('history')[answered];
          if (asked === undefined) return;
          answered++;
          await server.connection.push(page(asked.id, messages(Number(asked.from), total), total));
        }
      };
      for (const [from, more] of frames) {
        await server.connection.push(events(messages(from, Math.min(total, from + more))));
        const seqs = shown(world);
        expect(seqs).toEqual(messages(1, seqs.length).map(({ seq }) => Number(seq)));
        if (more === 0) {
          await server.clock.advance(60);
          await answer();
        }
      }
      await server.clock.advance(limits.BEAT_MS);
      await server.connection.push({
        kind: 'beat',
        cursor: cursorAt(2),
        changed: [[ROOM, at(total)]],
        sync: false,
      });
      await answer();
      expect(shown(world)).toHaveLength(total);
      expect(client.room(ROOM)?.unreadCount).toBe(total);
      expect(world.faults).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
