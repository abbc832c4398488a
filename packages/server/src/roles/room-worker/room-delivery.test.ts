import { describe, expect, test } from 'bun:test';
import { content, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type TestDevice } from '../../main/testing/floor.ts';
import { TOPIC_MEMBERS_MIN } from '../../ports/delivery.ts';

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

async function openAll(devices: readonly TestDevice[]): Promise<void> {
  for (const device of devices) await device.open();
}

describe('small rooms', () => {
  test('[SYNC8] every device of every member gets the event, the sender’s others included', async () => {
    const floor = createFloor();
    const [a, a2, b, b2] = [floor.device(0), floor.device(0, 1), floor.device(1), floor.device(1, 1)];
    const room = await a.createGroup([1]);
    await openAll([a, a2, b, b2]);
    await a.send(room);
    expect([a2, b, b2].map((device) => device.got.seqs(room))).toEqual([[2], [2], [2]]);
    expect(a.got.frames).toEqual([]); // It has its answer.
  });

  test('[ORD1] events of one commit come in one frame, in order', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await openAll([a, b]);
    await Promise.all(people(1, 20).map((i) => (i % 2 === 0 ? a : b).send(room)));
    expect(b.got.of('events')).toHaveLength(1);
    expect(b.got.seqs(room)).toEqual(people(2, 21));
    expect(a.got.seqs(room)).toEqual(people(2, 21));
  });
});

test('a flood in one commit comes in frames of a bearable size', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  await b.open();
  await Promise.all(people(1, 400).map(() => a.send(room, 'x'.repeat(4_000))));
  expect(b.got.seqs(room)).toEqual(people(2, 401));
  for (const frame of b.got.of('events')) expect(JSON.stringify(frame).length).toBeLessThan(140_000);
});

describe('big rooms', () => {
  test('[SYNC8] over the limit an event is published once, and comes to every member', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const members = people(1, TOPIC_MEMBERS_MIN - 1);
    const room = await a.createGroup(members);
    const devices = members.map((number) => floor.device(number));
    await openAll(devices);
    await a.send(room);
    expect(floor.delivery.published).toBe(0);
    const late = floor.device(500);
    await late.open();
    accepted(await a.do(room, { kind: 'add', users: [late.user] })); // Now it is big.
    await a.send(room);
    expect(floor.delivery.published).toBe(2);
    for (const device of devices) expect(device.got.seqs(room)).toEqual([2, 3, 4]);
    expect(late.got.seqs(room)).toEqual([3, 4]);
    const back = floor.device(1, 1);
    await back.open();
    await a.send(room);
    expect(back.got.seqs(room)).toEqual([5]);
  });

  test('[PRIV3] who is removed gets nothing behind it, although all comes in one commit', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup(people(1, 40));
    const [kept, gone] = [floor.device(1), floor.device(2)];
    await openAll([kept, gone]);
    await Promise.all([
      a.send(room),
      a.do(room, { kind: 'remove', user: gone.user }),
      a.send(room),
      a.send(room),
    ]);
    expect(kept.got.seqs(room)).toEqual([2, 3, 4, 5]);
    expect(gone.got.seqs(room)).toEqual([2]);
    await a.send(room);
    expect(gone.got.seqs(room)).toEqual([2]);
  });
});

describe('coming and going', () => {
  test('[SYNC9][PRIV3] who is added gets the entry, who is removed or leaves one that says so', async () => {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    await openAll([a, b, c]);
    const room = await a.createGroup([1]);
    expect(b.got.of('room')).toMatchObject([
      { entry: { room, membership: 'member', name: '마루', memberCount: 2 } },
    ]);
    await Promise.all([a.send(room), a.do(room, { kind: 'add', users: [c.user] }), a.send(room)]);
    expect(c.got.of('room')).toMatchObject([
      {
        entry: {
          membership: 'member',
          memberCount: 3,
          visible: [[1, null]],
          head: { seq: 3 },
          unreadCount: 0,
        },
      },
    ]);
    expect(c.got.seqs(room)).toEqual([3, 4]);
    await Promise.all([a.send(room), a.do(room, { kind: 'remove', user: c.user }), a.send(room)]);
    expect(c.got.of('room')[1]).toMatchObject({
      entry: { membership: 'removed', visible: [], head: { seq: 6 } },
    });
    expect(c.got.seqs(room)).toEqual([3, 4, 5]);
    accepted(await b.do(room, { kind: 'leave' }));
    expect(b.got.of('room').at(-1)).toMatchObject({ entry: { membership: 'left' } });
    await a.send(room);
    expect(b.got.seqs(room)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('[PRIV4] under since-joined a newcomer gets nothing from before in the same commit', async () => {
    const floor = createFloor();
    const [a, c] = [floor.device(0), floor.device(2)];
    const room = await a.createGroup([], 'since-joined');
    await c.open();
    await Promise.all([
      a.send(room, 'before'),
      a.do(room, { kind: 'add', users: [c.user] }),
      a.send(room, 'after'),
    ]);
    expect(c.got.seqs(room)).toEqual([3, 4]);
    expect(JSON.stringify(c.got.frames)).not.toContain('before');
  });

  test('[PRIV5] an edit of something below a member’s floor comes to them without what it says', async () => {
    const floor = createFloor();
    const [a, b, c, d] = [floor.device(0), floor.device(1), floor.device(2), floor.device(3)];
    const room = await a.createGroup([1, 3], 'since-joined');
    const seq = await a.send(room, 'secret');
    accepted(await a.do(room, { kind: 'remove', user: d.user }));
    accepted(await a.do(room, { kind: 'add', users: [c.user, d.user] }));
    await openAll([b, c, d]);
    accepted(
      await a.do(room, { kind: 'edit', refersTo: seq, content: content('still secret'), mentions: [b.user] }),
    );
    const edit = (device: TestDevice) => device.got.of('events').flatMap((frame) => frame.events);
    expect(edit(b)).toMatchObject([{ kind: 'edit', refersTo: seq, content: { text: 'still secret' } }]);
    expect(edit(c)).toMatchObject([{ kind: 'edit', refersTo: seq }]);
    expect(edit(c)[0]).not.toHaveProperty('mentions');
    expect(JSON.stringify(c.got.frames)).not.toContain('secret');
    expect(edit(d)).toEqual(edit(b)); // A member then, and again: the former span is theirs.
  });

  test('[SYNC9] a rejoining member gets the spans of the former membership', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1], 'since-joined');
    await b.open();
    await a.send(room);
    accepted(await a.do(room, { kind: 'remove', user: b.user }));
    await a.send(room);
    accepted(await a.do(room, { kind: 'add', users: [b.user, user(7)] }));
    expect(b.got.of('room').at(-1)).toMatchObject({
      entry: {
        visible: [
          [1, 2],
          [5, null],
        ],
        marks: { read: 5 },
      },
    });
  });
});
