import { expect, test } from 'bun:test';
import type { Event, Seq } from '@maru/protocol';
import fc from 'fast-check';
import { MemoryStore } from '../store/memory-store.ts';
import type { StoreChange } from '../store/store.ts';
import {
  at,
  cursorAt,
  entry,
  events,
  ME,
  MY_DEVICE,
  message,
  messages,
  OTHER,
  ROOM,
} from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

const unread = ({ client }: Pick<World, 'client'>) => client.room(ROOM)?.unreadCount;
const marksOf = ({ server }: Pick<World, 'server'>) => server.connection.all('mark');

async function confirm(world: World): Promise<void> {
  await world.server.connection.push({ kind: 'ok', id: world.server.connection.last('mark').id });
}

test('[UNREAD4] reading clears the count and the flag, and is told to the server once', async () => {
  const world = await onlineClient();
  const { client } = world;
  client.markUnread(ROOM);
  expect(client.room(ROOM)).toMatchObject({ markedUnread: true, unreadCount: 3, read: 0 });
  await settle();
  await confirm(world);
  client.markRead(ROOM);
  expect(client.room(ROOM)).toMatchObject({ markedUnread: false, unreadCount: 0, read: 3 });
  await settle();
  expect(marksOf(world).map(({ read, unread: flag }) => [read as number | undefined, flag])).toEqual([
    [undefined, true],
    [3, false],
  ]);
  await confirm(world);
  client.markRead(ROOM);
  await settle();
  expect(marksOf(world)).toHaveLength(2);
});

test('[STORE1] a mark is stored before the server, and so anybody, is told of it', async () => {
  const store = new SlowStore();
  const world = await onlineClient(undefined, { store });
  store.held = Promise.withResolvers();
  world.client.markRead(ROOM);
  await settle();
  expect(marksOf(world)).toEqual([]);
  store.held.resolve();
  await settle();
  expect(marksOf(world).map(({ read }) => Number(read))).toEqual([3]);
});

/** Takes its time, when it is told to. */
class SlowStore extends MemoryStore {
  held: PromiseWithResolvers<void> | undefined;

  override async apply(changes: readonly StoreChange[]): Promise<void> {
    await this.held?.promise;
    return super.apply(changes);
  }
}

test('[UNREAD4] a read mark never goes back', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  client.markRead(ROOM, at(2));
  client.markRead(ROOM, at(1));
  expect(client.room(ROOM)).toMatchObject({ read: 2 });
  await server.connection.push({ kind: 'marks', room: ROOM, read: 1, unread: false, unreadCount: 2 });
  await server.clock.advance(0);
  expect(client.room(ROOM)).toMatchObject({ read: 2, unreadCount: 1 });
});

test('[UNREAD4][DUR5] a mark that the server has not confirmed is said again, also after a restart', async () => {
  const world = await onlineClient();
  const { client, server, store } = world;
  client.markRead(ROOM, at(1));
  await settle();
  client.markRead(ROOM, at(2));
  await settle();
  expect(marksOf(world)).toHaveLength(1);
  await server.connection.close(1006);
  await reconnect(world);
  await goOnline(world);
  expect(marksOf(world).map(({ read }) => Number(read))).toEqual([2]);
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store });
  await goOnline(again);
  expect(marksOf(again).map(({ read }) => Number(read))).toEqual([2]);
  await confirm(again);
  await again.client[Symbol.asyncDispose]();
  const third = await startClient({ store });
  await goOnline(third);
  expect(marksOf(third)).toEqual([]);
});

test('[UNREAD4] a sync that does not know a mark yet does not undo it', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  client.markRead(ROOM, at(3));
  await server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, [entry(messages(1, 5))], cursorAt(2));
  await server.clock.advance(0);
  expect(client.room(ROOM)).toMatchObject({ read: 3, unreadCount: 2 });
});

test('[UNREAD5] what another device read is read here', async () => {
  const world = await onlineClient();
  const { server, client } = world;
  await server.connection.push({ kind: 'marks', room: ROOM, read: 3, unread: false, unreadCount: 0 });
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 0, read: 3 });
  // Read there before it came here.
  await server.connection.push({ kind: 'marks', room: ROOM, read: 5, unread: false, unreadCount: 0 });
  await server.connection.push(events(messages(4, 6)));
  expect(unread(world)).toBe(1);
  await server.connection.push({ kind: 'marks', room: ROOM, read: 5, unread: true, unreadCount: 1 });
  expect(client.room(ROOM)).toMatchObject({ unreadCount: 1, markedUnread: true });
});

test('[UNREAD2] beyond 999 the count says no more than that, until it is known again', async () => {
  const head = { seq: at(5_000), ordinal: 5_000, at: 9 };
  const world = await onlineClient([entry(messages(4_981, 5_000), { head, unreadCount: 1_000 })]);
  const { server, client } = world;
  const deletion = message(5_001, {
    kind: 'deletion',
    counts: false,
    ordinal: 5_000,
    refersTo: at(4_990),
    content: undefined,
  });
  await server.connection.push(events([deletion]));
  expect(unread(world)).toBe(1_000);
  client.markRead(ROOM, at(4_995));
  await server.clock.advance(0);
  expect(unread(world)).toBe(5);
});

test('[UNREAD2] where the events behind a mark are not here, the server is asked when it has the mark', async () => {
  const head = { seq: at(500), ordinal: 500, at: 9 };
  const world = await onlineClient([entry(messages(481, 500), { head, unreadCount: 300 })]);
  const { server, client } = world;
  await client.open(ROOM);
  server.http = ({ url }) =>
    url.endsWith(`/v1/rooms/${ROOM}`)
      ? json(200, entry([], { head, unreadCount: 97, marks: { read: 400, unread: false, delivered: 400 } }))
      : undefined;
  client.markRead(ROOM, at(400));
  await server.clock.advance(0);
  await confirm(world);
  await server.clock.advance(0);
  expect(unread(world)).toBe(97);
});

interface Step {
  readonly kind: 'other' | 'own' | 'delete' | 'edit' | 'rename' | 'read' | 'sync';
  readonly n: number;
}

/** The count by its definition: a scan, which neither side may make. */
function scan(log: readonly Event[], read: number): number {
  const deleted = new Set(log.filter(({ kind }) => kind === 'deletion').map(({ refersTo }) => refersTo));
  return log.filter(
    (event) => event.counts && event.sender === OTHER && event.seq > read && !deleted.has(event.seq),
  ).length;
}

test('[UNREAD1][UNREAD2] whatever happens in whatever order, the count is what a scan would give', async () => {
  const kind = fc.constantFrom<Step['kind'][]>(
    'other',
    'other',
    'own',
    'delete',
    'edit',
    'rename',
    'read',
    'sync',
  );
  const steps = fc.array(fc.record({ kind, n: fc.nat(1_000) }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const log: Event[] = [message(1)];
      let read = 0;
      let cursor = 1;
      const world = await onlineClient([entry([...log])]);
      const { server, client } = world;
      const post = async (more: Partial<Event>) => {
        const seq = log.length + 1;
        const counts = more.kind === undefined;
        const ordinal = (log.at(-1)?.ordinal ?? 0) + (counts ? 1 : 0);
        const event = message(seq, { counts, ordinal, ...more });
        log.push(event);
        await server.connection.push(events([event]));
      };
      const alive = (n: number, sender: Event['sender']): Seq | undefined => {
        const gone = new Set(
          log.filter((event) => event.kind === 'deletion').map(({ refersTo }) => refersTo),
        );
        const left = log.filter((event) => event.counts && event.sender === sender && !gone.has(event.seq));
        return left[n % Math.max(1, left.length)]?.seq;
      };
      for (const { kind: what, n } of list) {
        const sender = n % 3 === 0 ? ME : OTHER;
        const target = alive(n, sender);
        if (what === 'other') await post({});
        else if (what === 'own') await post({ sender: ME, device: MY_DEVICE });
        else if (what === 'rename')
          await post({ kind: 'renamed', change: { type: 'renamed', name: 'x' }, content: undefined });
        else if (what === 'delete' && target !== undefined) {
          await post({ kind: 'deletion', sender, refersTo: target, content: undefined });
        } else if (what === 'edit' && target !== undefined)
          await post({ kind: 'edit', sender, refersTo: target });
        else if (what === 'read') {
          read = Math.max(read, 1 + (n % log.length));
          client.markRead(ROOM, at(read));
          await server.clock.advance(0);
        } else if (what === 'sync') {
          await server.connection.close(1006);
          await reconnect(world);
          const unreadCount = scan(log, read);
          const marks = { read, unread: false, delivered: 0 };
          const head = { seq: at(log.length), ordinal: log.at(-1)?.ordinal ?? 0, at: 9 };
          await goOnline(world, [entry(log.slice(-20), { unreadCount, marks, head })], cursorAt(++cursor));
          await server.clock.advance(0);
        }
        expect(unread(world)).toBe(scan(log, read));
      }
    }),
    { numRuns: 40 },
  );
});
