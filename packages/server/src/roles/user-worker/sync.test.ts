import { describe, expect, test } from 'bun:test';
import { type Cursor, limits, type RoomId } from '@maru/protocol';
import { content, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';
import type { SyncAnswer } from '../../ports/inboxes.ts';

const sync = (floor: Floor, device: TestDevice, cursor?: Cursor, events = 20) =>
  floor.inboxes.sync(device.user, cursor, events);
const rooms = (answer: SyncAnswer) => answer.rooms.map(({ entry }) => entry.room);
const seqs = (answer: SyncAnswer, index = 0) =>
  answer.rooms[index]?.events.map((event) => (JSON.parse(event) as { seq: number }).seq);

/** All answers from a cursor on, until there is no more. */
async function syncAll(floor: Floor, device: TestDevice, cursor?: Cursor, between?: () => Promise<unknown>) {
  const answers = [await sync(floor, device, cursor, 1)];
  for (let last = answers[0]; last?.more === true; last = answers.at(-1)) {
    await between?.();
    answers.push(await sync(floor, device, last.cursor, 1));
  }
  return answers;
}

describe('what changed', () => {
  test('[SYNC1][SYNC2] without a cursor everything, with one what changed since, new rooms included', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const first = await a.createGroup([1], 'all', 1);
    const second = await a.createGroup([1], 'all', 2);
    await a.send(first);
    await a.send(first);
    const snapshot = await sync(floor, b);
    expect(snapshot).toMatchObject({ snapshot: true, more: false });
    expect(rooms(snapshot)).toEqual([first, second]); // Newest first.
    expect(snapshot.rooms[0]?.entry).toMatchObject({
      ...{
        roomKind: 'group',
        name: '마루',
        history: 'all',
        creator: a.user,
        membership: 'member',
        memberCount: 2,
      },
      ...{
        visible: [[1, null]],
        head: { seq: 3, ordinal: 2 },
        marks: { read: 1, unread: false, delivered: 1 },
      },
      unreadCount: 2,
    });
    expect(seqs(snapshot)).toEqual([1, 2, 3]);

    expect(await sync(floor, b, snapshot.cursor)).toEqual({
      cursor: snapshot.cursor,
      snapshot: false,
      rooms: [],
      settings: [],
      more: false,
    });
    await a.send(second);
    const third = await a.createGroup([1], 'all', 3);
    const changes = await sync(floor, b, snapshot.cursor);
    expect(changes.snapshot).toBe(false);
    expect(rooms(changes)).toEqual([third, second]);
  });

  test('[SYNC1][SYNC9] a room that was left is named, and how with it, and nothing of what came behind', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const { cursor } = await sync(floor, b);
    accepted(await b.do(room, { kind: 'leave' }));
    await a.send(room, 'behind');
    accepted(await a.do(room, { kind: 'rename', name: 'behind' }));
    const left = (floor: Floor) => sync(floor, floor.device(1), cursor);
    for (const answer of [await left(floor), await left(createFloor({ engine: floor.engine.reopen() }))]) {
      expect(answer.rooms).toMatchObject([
        {
          entry: { room, membership: 'left', head: { seq: 2 }, visible: [], unreadCount: 0, memberCount: 0 },
          events: [expect.stringContaining('"kind":"left"')],
        },
      ]);
      expect(JSON.stringify(answer)).not.toContain('behind');
    }
  });

  test('[SYNC1] a cursor of another epoch, beyond the head, or no cursor at all gives a snapshot', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    await a.createGroup([]);
    const { cursor } = await sync(floor, a);
    expect(cursor as string).toBe('1.1');
    for (const foreign of ['2.1', '1.9', 'nonsense', '1.1.0.5', '1.zzzzzzzzzzz', '1.1\n']) {
      expect((await sync(floor, a, foreign as Cursor)).snapshot).toBe(true);
    }
    expect((await sync(floor, a, cursor)).snapshot).toBe(false);
  });

  test('[SYNC2] own marks on another device are a change, without events', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const seq = await a.send(room);
    const { cursor } = await sync(floor, b);
    await floor.inboxes.mark(b.user, b.device, room, { read: seq });
    const changes = await sync(floor, b, cursor);
    expect(changes.rooms).toMatchObject([{ entry: { marks: { read: seq }, unreadCount: 0 }, events: [] }]);
  });

  test('[SYNC2] the newest events, as many as asked for, from the floor on', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([], 'since-joined');
    await a.send(room, 'before');
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    await a.send(room);
    expect(seqs(await sync(floor, b))).toEqual([3, 4]);
    expect(seqs(await sync(floor, a, undefined, 2))).toEqual([3, 4]);
    expect(seqs(await sync(floor, a, undefined, 0))).toEqual([]);
  });

  test('[SYNC2] events stop at the bytes of one answer, the newest rooms first', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const big = '가'.repeat(30_000); // 90 kB of UTF-8.
    for (let number = 0; number < 4; number++) {
      const room = await a.createGroup([], 'all', number);
      await a.send(room, big);
      await a.send(room, big);
    }
    const answer = await sync(floor, a);
    expect(answer.rooms.map(({ events }) => events.length)).toEqual([3, 3, 1, 0]);
    const bytes = answer.rooms
      .flatMap(({ events }) => events)
      .reduce((sum, event) => sum + Buffer.byteLength(event), 0);
    expect(bytes).toBeLessThanOrEqual(limits.SYNC_EVENT_BYTES_MAX);
  });
});

describe('more rooms than one answer takes', () => {
  async function manyRooms(count: number) {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const all = await Promise.all(Array.from({ length: count }, (_, i) => a.createGroup([1], 'all', i)));
    return { floor, a, b, all };
  }

  test('[SYNC7] the limit fits into one answer, one more goes on by the cursor', async () => {
    const { floor, a, b } = await manyRooms(limits.SYNC_ROOMS_MAX);
    expect(await syncAll(floor, b)).toHaveLength(1);
    await a.createGroup([1], 'all', limits.SYNC_ROOMS_MAX);
    const answers = await syncAll(floor, b);
    expect(answers.map((answer) => answer.rooms.length)).toEqual([limits.SYNC_ROOMS_MAX, 1]);
    expect(answers.map((answer) => answer.snapshot)).toEqual([true, true]);
    expect(new Set(answers.flatMap(rooms)).size).toBe(limits.SYNC_ROOMS_MAX + 1);
  });

  test('[SYNC7] no room is missed that changes, comes or goes between the pages', async () => {
    const { floor, a, b, all } = await manyRooms(2_500);
    const fresh: RoomId[] = [];
    const between = async () => {
      // The oldest, not answered yet, becomes the newest; another comes; one that was answered changes again.
      await a.send(all[fresh.length] as RoomId);
      await a.send(all[2_400] as RoomId);
      fresh.push(await a.createGroup([1], 'all', 5_000 + fresh.length));
    };
    const answers = await syncAll(floor, b, undefined, between);
    expect(answers.length).toBeGreaterThan(3);
    expect(answers.every(({ snapshot }) => snapshot)).toBe(true);
    const named = new Set(answers.flatMap(rooms));
    expect(all.filter((room) => !named.has(room))).toEqual([]);
    // What changed behind the last answer comes by its cursor.
    const cursor = answers.at(-1)?.cursor;
    const rest = await sync(floor, b, cursor);
    for (const room of rooms(rest)) named.add(room);
    expect(fresh.filter((room) => !named.has(room))).toEqual([]);
    expect((await sync(floor, b, rest.cursor)).rooms).toEqual([]);
  });
});

describe('beats', () => {
  test('[SYNC5] a beat names the changed rooms with their heads, and the head of the inbox', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const [first, second] = [await a.createGroup([1], 'all', 1), await a.createGroup([1], 'all', 2)];
    const { cursor } = await b.open();
    expect(floor.inboxes.beat(b.info, 'active', cursor)).toEqual({ cursor, changed: [], sync: false });
    await a.send(first);
    const beat = floor.inboxes.beat(b.info, 'active', cursor);
    expect(beat).toMatchObject({ changed: [[first, 2]], sync: false });
    await a.send(second);
    expect(floor.inboxes.beat(b.info, 'active', beat.cursor)).toMatchObject({
      changed: [[second, 2]],
      sync: false,
    });
    expect((await sync(floor, b)).cursor).toBe(floor.inboxes.beat(b.info, 'active', cursor).cursor);
  });

  test('[SYNC5] of more than can be named, or more than heads, a beat says: sync', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const many = await Promise.all(
      Array.from({ length: limits.BEAT_ROOMS_MAX + 1 }, (_, i) => a.createGroup([1], 'all', i)),
    );
    const { cursor } = await b.open();
    for (const room of many.slice(1)) await a.send(room);
    expect(floor.inboxes.beat(b.info, 'active', cursor).changed).toHaveLength(limits.BEAT_ROOMS_MAX);
    await a.send(many[0] as RoomId);
    expect(floor.inboxes.beat(b.info, 'active', cursor)).toMatchObject({ changed: [], sync: true });

    const { cursor: now } = await sync(floor, b);
    accepted(await a.do(many[0] as RoomId, { kind: 'remove', user: b.user }));
    expect(floor.inboxes.beat(b.info, 'active', now)).toMatchObject({ changed: [], sync: true });
    expect(floor.inboxes.beat(b.info, 'active', undefined).sync).toBe(true);
    expect(floor.inboxes.beat(b.info, 'active', '7.1' as Cursor).sync).toBe(true);
  });

  test('[SYNC5] own marks send other devices to sync, and not the one that set them', async () => {
    const floor = createFloor();
    const [a, b, b2] = [floor.device(0), floor.device(1), floor.device(1, 1)];
    const room = await a.createGroup([1]);
    const seq = await a.send(room);
    await b.open();
    const { cursor } = await b2.open();
    await floor.inboxes.mark(b.user, b.device, room, { read: seq });
    expect(floor.inboxes.beat(b.info, 'active', cursor)).toMatchObject({ changed: [], sync: false });
    expect(floor.inboxes.beat(b2.info, 'active', cursor)).toMatchObject({ sync: true });
    await floor.inboxes.mark(b.user, b.device, room, { unread: true }); // It may not know how far b2 has read.
    expect(floor.inboxes.beat(b.info, 'active', cursor)).toMatchObject({ sync: true });
  });

  test('[SYNC5] a beat without a session is answered alike', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const { cursor } = await sync(floor, b);
    await a.send(room);
    expect(await floor.inboxes.beatOf(b.user, b.device, 'active', cursor)).toMatchObject({
      changed: [[room, 2]],
    });
  });
});

describe('while rooms are being read', () => {
  test('[SYNC4] what is committed while a session opens is in its inbox, or delivered, or both', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const work = Array.from({ length: 30 }, (_, i) =>
      (i % 2 === 0 ? a : b).do(room, { kind: 'send', content: content(`${i}`) }),
    );
    const opened = b.open();
    work.push(
      a.do(room, { kind: 'add', users: [user(5)] }),
      a.do(room, { kind: 'send', content: content('last') }),
    );
    await Promise.all([...work, opened]);
    const entry = (await floor.inboxes.entry(b.user, room))?.entry;
    expect(entry).toMatchObject({ head: { seq: 33, ordinal: 31 }, unreadCount: 16, memberCount: 3 });
  });

  test('[SYNC9] who comes in while the rooms are being read finds the room there', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([]);
    const [, answer] = await Promise.all([b.open(), a.do(room, { kind: 'add', users: [b.user] })]);
    accepted(answer);
    expect(rooms(await sync(floor, b))).toEqual([room]);
    const gone = floor.device(1, 1);
    await Promise.all([gone.open(), a.do(room, { kind: 'remove', user: b.user })]);
    expect(rooms(await sync(floor, b))).toEqual([]);
  });

  test('[DUR6] an inbox is the same after a restart', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    for (let i = 0; i < 10; i++) await (i % 3 === 0 ? b : a).send(room);
    await floor.inboxes.mark(b.user, b.device, room, { read: 5 as never });
    accepted(await a.do(room, { kind: 'delete', refersTo: 7 as never }));
    const before = await sync(floor, b);
    const after = createFloor({ engine: floor.engine.reopen() });
    expect(await sync(after, after.device(1))).toEqual(before);
  });
});
