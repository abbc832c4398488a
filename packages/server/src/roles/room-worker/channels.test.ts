import { describe, expect, test } from 'bun:test';
import { limits, type RoomId, type Seq } from '@maru/protocol';
import { user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, refusedCode, type TestDevice } from '../../main/testing/floor.ts';
import { verify } from '../../main/verify/verify.ts';
import { TOPIC_MEMBERS_MIN } from '../../ports/delivery.ts';

const join = { kind: 'join' } as const;
const leave = { kind: 'leave' } as const;
const entry = async (floor: Floor, { user }: TestDevice, room: RoomId) =>
  (await floor.inboxes.entry(user, room))?.entry;

/** A floor with a channel of the first's, and two who read it. */
async function scene(options: Parameters<typeof createFloor>[0] = {}) {
  const floor = createFloor(options);
  const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
  for (const device of [a, b, c]) await device.open();
  const room = await a.createChannel();
  for (const device of [b, c]) accepted(await device.do(room, join));
  for (const device of [a, b, c]) device.got.clear();
  return { floor, a, b, c, room };
}

describe('a channel', () => {
  test('[CHANNEL3][SYNC9] tells of a reader only their own devices', async () => {
    const { floor, a, b, room } = await scene();
    const [d, other] = [floor.device(3), floor.device(3, 1)];
    for (const device of [d, other]) await device.open();
    expect(accepted(await d.do(room, join)) as number).toBe(1);
    for (const device of [d, other]) {
      expect(device.got.of('room')).toMatchObject([
        { entry: { room, roomKind: 'channel', membership: 'member', memberCount: 4, visible: [[1, null]] } },
      ]);
    }
    accepted(await d.do(room, leave));
    expect(other.got.of('room').at(-1)).toMatchObject({ entry: { membership: 'left', visible: [] } });
    expect([a.got.frames, b.got.frames]).toEqual([[], []]);
    expect(await entry(floor, a, room)).toMatchObject({ memberCount: 3, head: { seq: 1 } });
  });

  test('[DUR2] publishes what is posted to its readers, however few, and to nobody who left', async () => {
    const { floor, a, b, c, room } = await scene();
    expect((await floor.engine.rooms.state(room))?.memberCount).toBeLessThan(TOPIC_MEMBERS_MIN);
    const { published } = floor.delivery;
    await a.send(room);
    expect(floor.delivery.published).toBe(published + 1);
    expect([b.got.seqs(room), c.got.seqs(room)]).toEqual([[2], [2]]);
    accepted(await c.do(room, leave));
    await a.send(room);
    expect([b.got.seqs(room), c.got.seqs(room)]).toEqual([[2, 3], [2]]);
    // Who comes back with a new session belongs to it at once.
    b.close();
    await b.open();
    await a.send(room);
    expect(b.got.seqs(room)).toEqual([4]);
  });

  test('[PRIV3] brings who is removed nothing that comes later, whatever is on its way', async () => {
    const { a, b, c, room } = await scene();
    const remove = a.do(room, { kind: 'remove', user: b.user });
    const sent = a.send(room);
    await Promise.all([remove, sent]);
    expect(b.got.seqs(room)).toEqual([]);
    expect(b.got.of('room')).toMatchObject([{ entry: { membership: 'removed' } }]);
    expect(c.got.seqs(room)).toEqual([2]);
    expect(refusedCode(await b.do(room, join))).toBe('not-found');
  });

  test('[CHANNEL7] takes no more than its limit, however many come at once', async () => {
    const { floor, room } = await scene();
    const many = Array.from({ length: 20 }, (_, number) => floor.device(number + 10));
    const answers = await Promise.all(many.map((device) => device.do(room, join, { channelMembersMax: 8 })));
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(5);
    expect(answers.map(refusedCode).filter((code) => code === 'room-full')).toHaveLength(15);
    expect((await floor.engine.rooms.state(room))?.memberCount).toBe(8);
  });

  test('[CHANNEL3] reads the memberships of who comes in once', async () => {
    const { floor, room } = await scene();
    const store = floor.engine.rooms as { intervals: typeof floor.engine.rooms.intervals };
    const { intervals } = store;
    const d = floor.device(3);
    let reads = 0;
    store.intervals = (...asked) => {
      reads++;
      return intervals(...asked);
    };
    accepted(await d.do(room, join));
    expect(reads).toBe(1);
    store.intervals = intervals;
  });

  test('[CHANNEL3][ONCE1] decides on what comes at once in its order, before any of it is stored', async () => {
    const { floor, a, room } = await scene();
    const d = floor.device(3);
    const joining = d.command(room, join);
    const role = { kind: 'set-role', user: d.user, role: 'administrator' } as const;
    const given = [
      floor.rooms.submit(joining),
      a.do(room, role),
      d.send(room),
      floor.rooms.submit(joining),
      a.do(room, { kind: 'remove', user: d.user }),
      d.do(room, join),
    ];
    const answers = await Promise.all(given);
    expect(answers[0]).toMatchObject({ kind: 'accepted', seq: 1 });
    expect(answers[2]).toBe(3 as Seq);
    expect(answers[3]).toEqual(answers[0] as never);
    expect(answers.slice(4)).toMatchObject([{ kind: 'accepted', seq: 4 }, { kind: 'refused' }]);
  });

  test('[CHANNEL6][UNREAD3] counts as unread what came after its reader did', async () => {
    const { floor, a, b, room } = await scene();
    const d = floor.device(3);
    await d.open();
    for (let i = 0; i < 3; i++) await a.send(room);
    accepted(await d.do(room, join));
    expect(await entry(floor, d, room)).toMatchObject({ unreadCount: 0, marks: { read: 4 } });
    expect(await entry(floor, b, room)).toMatchObject({ unreadCount: 3 });
    await a.send(room);
    await a.send(room);
    expect(await entry(floor, d, room)).toMatchObject({ unreadCount: 2 });
    await floor.inboxes.mark(d.user, d.device, room, { read: 5 as Seq });
    expect(await entry(floor, d, room)).toMatchObject({ unreadCount: 1 });
    const again = createFloor({ engine: floor.engine.reopen() });
    expect(await entry(again, again.device(3), room)).toMatchObject({ unreadCount: 1, memberCount: 4 });
  });

  test('[SYNC1] is there for a device that comes back, and gone where its user left it', async () => {
    const { floor, a, room } = await scene();
    const d = floor.device(3);
    const { cursor } = await floor.inboxes.sync(d.user, undefined, 20);
    await a.send(room);
    accepted(await d.do(room, join));
    const joined = await floor.inboxes.sync(d.user, cursor, 20);
    expect(joined.rooms).toMatchObject([{ entry: { room, membership: 'member', head: { seq: 2 } } }]);
    accepted(await d.do(room, leave));
    for (const { inboxes } of [floor, createFloor({ engine: floor.engine.reopen() })]) {
      const left = await inboxes.sync(d.user, joined.cursor, 20);
      expect(left.rooms).toMatchObject([{ entry: { room, membership: 'left', memberCount: 0 } }]);
    }
  });

  test('[CHANNEL5] lets readers see nothing of each other', async () => {
    const { floor, a, b, c, room } = await scene();
    floor.inboxes.typing(b.user, room);
    const seq = await a.send(room);
    floor.inboxes.delivered(b.user, [[room, seq]]);
    await floor.inboxes.mark(b.user, b.device, room, { read: seq });
    for (const device of [a, b, c]) {
      const [seen] = await floor.inboxes.look(device.info, [room]);
      expect(seen).toEqual({ room, present: 3, users: [], live: false });
    }
    b.close(true);
    floor.clock.advance(10_000);
    expect(await floor.inboxes.presence(c.user, room)).toMatchObject({ present: 2, users: [] });
    expect(await floor.inboxes.receipts(c.user, room)).toEqual([]);
    expect((await entry(floor, c, room))?.receipts).toBeUndefined();
    const soft = ['typing', 'receipts', 'presence', 'profile'] as const;
    for (const device of [a, c]) for (const kind of soft) expect(device.got.of(kind)).toEqual([]);
  });

  test('[CHANNEL5][SOFT3] tells who may post by how many it was stored and read, and nobody else', async () => {
    const { floor, a, b, room } = await scene();
    const many = Array.from({ length: 600 }, (_, number) => floor.device(number + 10));
    await Promise.all(many.map((device) => device.do(room, join)));
    const seq = await a.send(room);
    const marked = many
      .slice(0, 300)
      .map(({ user, device }) => floor.inboxes.mark(user, device, room, { read: seq }));
    await Promise.all(marked);
    floor.inboxes.delivered(b.user, [[room, seq]]);
    for (const device of [a, b]) await floor.inboxes.look(device.info, [room]);
    // One who reads while the others are still being counted.
    await floor.inboxes.mark(b.user, b.device, room, { read: seq });
    const counts = () => a.got.of('receipt-counts').at(-1)?.counts as unknown;
    for (let passed = 0; passed < 10; passed++) {
      floor.clock.advance(limits.RECEIPT_COUNTS_MS);
      await new Promise(setImmediate);
    }
    expect(counts()).toEqual([{ seq, delivered: 301, read: 301 }]);
    const next = await a.send(room);
    floor.inboxes.delivered(b.user, [[room, next]]);
    floor.clock.advance(limits.RECEIPT_COUNTS_MS);
    expect(counts()).toEqual([
      { seq, delivered: 301, read: 301 },
      { seq: next, delivered: 1, read: 0 },
    ]);
    expect(b.got.of('receipt-counts')).toEqual([]);
  });

  test('[CHANNEL5] lists its members in pages, to administrators alone', async () => {
    const { floor, a, b, room } = await scene();
    const many = Array.from({ length: limits.MEMBERS_PAGE_MAX }, (_, number) => floor.device(number + 10));
    await Promise.all(many.map((device) => device.do(room, join)));
    expect(await floor.rooms.members(room, b.user)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await floor.rooms.members(room, user(5))).toBeUndefined();
    const first = await floor.rooms.members(room, a.user);
    if (first?.kind !== 'members') throw new Error('refused');
    expect([first.members.length, first.more]).toEqual([limits.MEMBERS_PAGE_MAX, true]);
    const rest = await floor.rooms.members(room, a.user, first.members.at(-1)?.user);
    if (rest?.kind !== 'members') throw new Error('refused');
    expect([rest.members.length, rest.more]).toEqual([3, false]);
    const roles = [...first.members, ...rest.members].filter(({ role }) => role !== 'member');
    expect(roles.map(({ user }) => user)).toEqual([a.user]);
  });

  test('[DUR6] is verified, and what was changed by hand is found', async () => {
    const { floor, a, b, c, room } = await scene();
    const { engine } = floor;
    const people = [0, 1, 2].map((number) => ({
      user: user(number),
      handle: `p${number}`,
      name: 'P',
      at: 1,
    }));
    await engine.directory.createPlaceholders(people);
    await a.send(room);
    accepted(await b.do(room, leave));
    accepted(await a.do(room, { kind: 'remove', user: c.user }));
    accepted(await b.do(room, join));
    expect(await verify(engine)).toMatchObject({ findings: [] });
    const rooms = {
      ...engine.rooms,
      intervals: async (asked: RoomId, who: typeof b.user) => {
        const intervals = await engine.rooms.intervals(asked, who);
        return who === b.user ? intervals.slice(0, 1) : intervals;
      },
    };
    const { findings } = await verify({ ...engine, rooms });
    expect(findings).toMatchObject([{ code: 'projection', room, user: b.user }]);
    // A log without somebody's joining: they go, and post, and were never there.
    const role = { kind: 'set-role', user: b.user, role: 'administrator' } as const;
    accepted(await a.do(room, role));
    await b.send(room);
    const replay: typeof engine.log.replay = async function* (after) {
      for await (const batch of engine.log.replay(after))
        yield batch.filter((entry) => entry.type !== 'reader' || entry.reader.user !== b.user);
    };
    const without = await verify({ ...engine, log: { ...engine.log, replay } });
    expect(without.findings).toContainEqual(
      expect.objectContaining({ code: 'event', detail: 'its sender is not a member', user: b.user }),
    );
  });
});
