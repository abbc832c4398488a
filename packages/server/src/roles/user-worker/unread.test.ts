import { describe, expect, test } from 'bun:test';
import type { RoomId, Seq } from '@maru/protocol';
import fc from 'fast-check';
import { content, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

const unread = async (floor: Floor, device: TestDevice, room: RoomId) =>
  (await floor.inboxes.entry(device.user, room))?.entry.unreadCount;
const mark = (floor: Floor, device: TestDevice, room: RoomId, read: number) =>
  floor.inboxes.mark(device.user, device.device, room, { read: read as Seq });

describe('counts', () => {
  test('[UNREAD1] messages by others count; own ones, edits, names and what was deleted do not', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await b.open();
    const first = await a.send(room);
    await a.send(room);
    await b.send(room);
    accepted(await a.do(room, { kind: 'edit', refersTo: first, content: content('edited') }));
    accepted(await a.do(room, { kind: 'rename', name: '새 이름' }));
    accepted(await a.do(room, { kind: 'add', users: [user(2)] }));
    expect(await unread(floor, b, room)).toBe(2);
    accepted(await a.do(room, { kind: 'delete', refersTo: first }));
    expect(await unread(floor, b, room)).toBe(1);
    await mark(floor, b, room, first);
    expect(await unread(floor, b, room)).toBe(1);
    expect(await unread(floor, a, room)).toBe(1);
  });

  test('[UNREAD2] in memory and from the store, it is always what counting one by one gives', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('send' as const), by: fc.nat({ max: 2 }) }),
      fc.record({ do: fc.constant('delete' as const), by: fc.nat({ max: 2 }), at: fc.nat({ max: 30 }) }),
      fc.record({
        do: fc.constant('read' as const),
        by: fc.nat({ max: 2 }),
        at: fc.integer({ min: 1, max: 40 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const floor = createFloor();
        const people = [0, 1, 2].map((number) => floor.device(number));
        const [a, online] = people;
        if (a === undefined || online === undefined) throw new Error('no people');
        const room = await a.createGroup([1, 2]);
        await online.open();
        const read = [1, 1, 1];
        const messages: { seq: number; by: number; deleted: boolean }[] = [];
        for (const taken of steps) {
          const device = people[taken.by] as TestDevice;
          if (taken.do === 'send') {
            messages.push({ seq: await device.send(room), by: taken.by, deleted: false });
          } else if (taken.do === 'delete') {
            const message = messages[taken.at];
            if (message === undefined) continue;
            const answer = await device.do(room, { kind: 'delete', refersTo: message.seq as Seq });
            if (answer.kind === 'accepted') message.deleted = true;
          } else {
            await mark(floor, device, room, taken.at);
            const head = (await floor.inboxes.entry(device.user, room))?.entry.head.seq ?? 0;
            read[taken.by] = Math.max(read[taken.by] ?? 0, Math.min(taken.at, head));
          }
        }
        const entries = await Promise.all(people.map(({ user }) => floor.inboxes.entry(user, room)));
        const restarted = createFloor({ engine: floor.engine.reopen() });
        for (const [number, device] of people.entries()) {
          const counted = messages.filter(
            ({ seq, by, deleted }) => by !== number && !deleted && seq > (read[number] ?? 0),
          ).length;
          expect(entries[number]?.entry.unreadCount).toBe(counted);
          const { marks, head } = entries[number]?.entry ?? {};
          const after = (await restarted.inboxes.entry(device.user, room))?.entry;
          expect(after).toMatchObject({ marks, head, unreadCount: counted });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('[UNREAD3] for who joins, what lies before the joining does not count', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([]);
    for (let i = 0; i < 5; i++) await a.send(room);
    await b.open();
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    expect(await unread(floor, b, room)).toBe(0);
    await a.send(room);
    expect(await unread(floor, b, room)).toBe(1);
    accepted(await a.do(room, { kind: 'remove', user: b.user }));
    await a.send(room);
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    expect(await unread(floor, b, room)).toBe(0);
  });
});

describe('marks', () => {
  test('[UNREAD4] a read mark never goes back, nor beyond the head; reading clears the flag, which moves no mark', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    for (let i = 0; i < 5; i++) await a.send(room);
    const marks = async () => (await floor.inboxes.entry(b.user, room))?.entry.marks;
    await mark(floor, b, room, 4);
    await mark(floor, b, room, 2);
    expect(await marks()).toMatchObject({ read: 4, unread: false });
    await floor.inboxes.mark(b.user, b.device, room, { unread: true });
    expect(await marks()).toMatchObject({ read: 4, unread: true });
    expect(await unread(floor, b, room)).toBe(2);
    await mark(floor, b, room, 3); // Read already, and "mark read" wins all the same.
    expect(await marks()).toMatchObject({ read: 4, unread: false });
    await mark(floor, b, room, 1_000);
    expect(await marks()).toMatchObject({ read: 6 });
    await a.send(room);
    expect(await unread(floor, b, room)).toBe(1);
  });

  test('[UNREAD4] marks that are set at once end at the furthest', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    for (let i = 0; i < 9; i++) await a.send(room);
    await Promise.all([3, 9, 5, 7, 10, 2].map((read) => mark(floor, b, room, read)));
    expect((await floor.inboxes.entry(b.user, room))?.entry).toMatchObject({
      marks: { read: 10 },
      unreadCount: 0,
    });
  });

  test('[DUR5] a mark that is answered survives a crash; one that changes nothing waits for those before it', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const floor = createFloor({ sync: () => (held ? gate.promise : Promise.resolve()) });
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const seq = await a.send(room);
    held = true;
    let answers = 0;
    const marked = [mark(floor, b, room, seq), mark(floor, b, room, seq)];
    for (const answer of marked) void answer.then(() => answers++);
    for (let i = 0; i < 30; i++) await Promise.resolve();
    expect(answers).toBe(0);
    gate.resolve();
    await Promise.all(marked);
    const after = createFloor({ engine: floor.engine.crash() });
    expect((await after.inboxes.entry(b.user, room))?.entry.marks.read as unknown).toBe(seq);
  });

  test('[UNREAD5] reading on one device clears the others, at once', async () => {
    const floor = createFloor();
    const [a, b, b2] = [floor.device(0), floor.device(1), floor.device(1, 1)];
    const room = await a.createGroup([1]);
    await b.open();
    await b2.open();
    const [first, second] = [await a.send(room), await a.send(room)];
    accepted(await a.do(room, { kind: 'delete', refersTo: second }));
    await a.send(room);
    await mark(floor, b, room, first);
    expect(b2.got.of('marks')).toMatchObject([{ room, read: first, unread: false, unreadCount: 1 }]);
    expect(b.got.of('marks')).toEqual([]);
  });
});
