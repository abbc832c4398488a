import { describe, expect, test } from 'bun:test';
import { limits, type RoomId, type Seq } from '@maru/protocol';
import { content, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

const SMALL = limits.RECEIPTS_PUSHED_MEMBERS_MAX;
const others = (members: number) => Array.from({ length: members - 1 }, (_, i) => i + 1);
const delivered = (floor: Floor, device: TestDevice, room: RoomId, seq: number) =>
  floor.inboxes.delivered(device.user, [[room, seq as Seq]]);
const read = (floor: Floor, device: TestDevice, room: RoomId, seq: number) =>
  floor.inboxes.mark(device.user, device.device, room, { read: seq as Seq });

/** Lets promises that are on their way resolve. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('small rooms', () => {
  test('[SOFT1][SOFT2] marks reach the others coalesced, at their maximum', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await a.open();
    await b.open();
    for (let i = 0; i < 50; i++) delivered(floor, b, room, await a.send(room));
    delivered(floor, b, room, 10);
    expect(a.got.of('receipts')).toEqual([]);
    floor.clock.advance(1_000);
    expect(a.got.of('receipts')).toMatchObject([{ room, marks: [{ user: b.user, delivered: 51, read: 0 }] }]);
    expect(b.got.of('receipts')).toEqual([]);
    await read(floor, b, room, 40);
    floor.clock.advance(1_000);
    expect(a.got.of('receipts')[1]?.marks as unknown).toEqual([{ user: b.user, delivered: 51, read: 40 }]);
    delivered(floor, b, room, 51);
    delivered(floor, b, room, 999); // Nobody has stored what is not there.
    floor.clock.advance(1_000);
    expect(a.got.of('receipts')).toHaveLength(2);
  });

  test('[SOFT2] watermarks are saved behind, at their maximum, and on closing', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await b.open();
    for (let i = 0; i < 10; i++) delivered(floor, b, room, await a.send(room));
    const saved = () => floor.engine.inboxes.watermarks(room);
    expect(await saved()).toEqual([]);
    floor.clock.advance(5_000);
    expect(await saved()).toEqual([{ user: b.user, delivered: 11, read: 0 }]);
    delivered(floor, b, room, await a.send(room));
    await floor.inboxes[Symbol.asyncDispose]();
    expect(await saved()).toEqual([{ user: b.user, delivered: 12, read: 0 }]);
    const after = createFloor({ engine: floor.engine.reopen() });
    expect(await after.inboxes.receipts(a.user, room)).toEqual([{ user: b.user, delivered: 12, read: 0 }]);
    expect((await after.inboxes.entry(b.user, room))?.entry.marks.delivered).toBe(12);
  });

  test('[SYNC2] an entry tells how far the others have got; who was only added has read nothing', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1, 2]);
    await b.open();
    await read(floor, b, room, await a.send(room));
    accepted(await a.do(room, { kind: 'add', users: [user(3)] }));
    const entry = await floor.inboxes.entry(a.user, room);
    expect(entry?.entry.receipts as unknown).toEqual([{ user: b.user, delivered: 2, read: 2 }]);
  });

  test('[SOFT3] who opens a small room gets what stands now', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await b.open();
    const seq = await a.send(room);
    await read(floor, b, room, seq);
    b.close();
    floor.clock.advance(1_000);
    await a.open();
    await floor.inboxes.look(a.info, [room]);
    expect(a.got.of('receipts')).toMatchObject([
      { room, marks: [{ user: b.user, delivered: seq, read: seq }] },
    ]);
  });

  test('[SOFT3] at the limit marks are pushed to everybody else', async () => {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    const room = await a.createGroup(others(SMALL));
    for (const device of [a, b, c]) await device.open();
    delivered(floor, b, room, await a.send(room));
    floor.clock.advance(1_000);
    for (const device of [a, c]) expect(device.got.of('receipts')).toHaveLength(1);
  });
});

describe('big rooms', () => {
  test('[SOFT3] one over the limit nobody’s marks are pushed; who looks gets counts, at most every two seconds', async () => {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    const room = await a.createGroup(others(SMALL + 1));
    for (const device of [a, b, c]) await device.open();
    const seq = await a.send(room);
    await read(floor, c, room, seq);
    await floor.inboxes.look(a.info, [room]);
    const counts = () => a.got.of('receipt-counts').map((frame) => frame.counts as unknown);
    expect(counts()).toEqual([[{ seq, delivered: 1, read: 1 }]]);
    delivered(floor, b, room, seq);
    delivered(floor, a, room, seq); // One's own do not count.
    const second = await b.send(room);
    for (let i = 0; i < 19; i++) {
      delivered(floor, floor.device(1), room, second);
      floor.clock.advance(100);
    }
    expect(counts()).toHaveLength(1);
    floor.clock.advance(100);
    expect(counts()).toHaveLength(2);
    expect(counts()[1]).toEqual([
      { seq, delivered: 2, read: 1 },
      { seq: second, delivered: 0, read: 0 },
    ]);
    floor.clock.advance(10_000);
    expect(counts()).toHaveLength(2);
    for (const device of [a, b, c]) expect(device.got.of('receipts')).toEqual([]);
    expect(b.got.of('receipt-counts')).toEqual([]);
    expect((await floor.inboxes.entry(a.user, room))?.entry).not.toHaveProperty('receipts');
    const list = await floor.inboxes.receipts(b.user, room);
    expect(list).toContainEqual({ user: c.user, delivered: seq, read: seq });
  });

  test('[SOFT3] who looks away, closes or leaves gets no more counts', async () => {
    const floor = createFloor();
    const [a, b, c, d] = [0, 1, 2, 3].map((number) => floor.device(number)) as [
      TestDevice,
      TestDevice,
      TestDevice,
      TestDevice,
    ];
    const room = await a.createGroup(others(SMALL + 1));
    for (const device of [a, b, c, d]) await device.open();
    for (const device of [a, b, c]) await floor.inboxes.look(device.info, [room]);
    for (const device of [a, b, c]) device.got.clear();
    await floor.inboxes.look(a.info, []);
    const closed = b.got;
    b.close();
    accepted(await c.do(room, { kind: 'leave' }));
    delivered(floor, d, room, await d.send(room));
    floor.clock.advance(10_000);
    await settle();
    for (const got of [a.got, closed, c.got]) expect(got.of('receipt-counts')).toEqual([]);
  });

  test('[PRIV5] counts of messages below the floor are not shown', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(500)];
    const room = await a.createGroup(others(SMALL + 1), 'since-joined');
    await a.send(room);
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    const seq = await a.send(room);
    await b.open();
    await floor.inboxes.look(b.info, [room]);
    expect(
      b.got.of('receipt-counts').flatMap(({ counts }) => counts.map((count) => count.seq as number)),
    ).toEqual([seq]);
  });
});

describe('under load', () => {
  test('[SOFT1] receipts, presence and typing wait while messages do', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const floor = createFloor({ sync: () => (held ? gate.promise : Promise.resolve()) });
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await a.open();
    await b.open();
    await floor.inboxes.look(a.info, [room]);
    const seq = await a.send(room);
    held = true;
    const sent = Array.from({ length: 2 }, () => a.send(room));
    await settle();
    sent.push(...Array.from({ length: 5_000 }, () => a.send(room)));
    floor.inboxes.beat(b.info, 'active', undefined);
    delivered(floor, b, room, seq);
    floor.inboxes.typing(b.user, room);
    floor.clock.advance(10_000);
    expect(a.got.frames).toEqual([]);
    gate.resolve();
    await Promise.all(sent);
    floor.clock.advance(1_000);
    await settle();
    expect(a.got.of('receipts')).toHaveLength(1);
    expect(a.got.of('presence')).toHaveLength(1);
    expect(a.got.of('typing')).toEqual([]);
  });
});

test('[SOFT1] marks of very many rooms are pushed in slices, and none is left out', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const rooms = await Promise.all(Array.from({ length: 2_500 }, (_, i) => a.createGroup([1], 'all', i)));
  await a.open();
  await b.open();
  floor.inboxes.delivered(
    b.user,
    rooms.map((room) => [room, 1 as Seq]),
  );
  floor.clock.advance(150);
  const first = a.got.of('receipts').length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(2_500);
  floor.clock.advance(1_000);
  expect(new Set(a.got.of('receipts').map(({ room }) => room)).size).toBe(2_500);
});

describe('typing', () => {
  test('[SOFT7] goes to the other members’ sessions, not more than once a second', async () => {
    const floor = createFloor();
    const [a, a2, b, c] = [floor.device(0), floor.device(0, 1), floor.device(1), floor.device(2)];
    const room = await a.createGroup([1]);
    for (const device of [a, a2, b, c]) await device.open();
    for (let i = 0; i < 10; i++) floor.inboxes.typing(a.user, room);
    expect(b.got.of('typing')).toEqual([{ kind: 'typing', room, user: a.user }]);
    for (const device of [a, a2, c]) expect(device.got.of('typing')).toEqual([]);
    floor.clock.advance(1_000);
    floor.inboxes.typing(a.user, room);
    floor.inboxes.typing(c.user, room); // Not a member.
    expect(b.got.of('typing')).toHaveLength(2);
  });

  test('[SOFT7] behind a message of theirs the next one goes at once, for with that the former was over', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    for (const device of [a, b]) await device.open();
    floor.inboxes.typing(a.user, room);
    accepted(await a.do(room, { kind: 'send', content: content('hello') }));
    for (let i = 0; i < 10; i++) floor.inboxes.typing(a.user, room);
    expect(b.got.of('typing')).toHaveLength(2);
  });

  test('[SOFT7] in rooms where nobody could follow, it is dropped', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup(others(100));
    await a.open();
    await b.open();
    floor.inboxes.typing(a.user, room);
    accepted(await a.do(room, { kind: 'add', users: [user(300)] }));
    floor.clock.advance(1_000);
    floor.inboxes.typing(a.user, room);
    expect(b.got.of('typing')).toHaveLength(1);
    accepted(await a.do(room, { kind: 'send', content: content('done') }));
  });
});
