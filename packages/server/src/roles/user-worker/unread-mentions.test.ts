import { expect, test } from 'bun:test';
import { type RoomId, roomSettingName, type Seq } from '@maru/protocol';
import fc from 'fast-check';
import { content, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

const mentions = async (floor: Floor, device: TestDevice, room: RoomId) =>
  (await floor.inboxes.entry(device.user, room))?.entry.unreadMentions as number[] | undefined;
const mark = (floor: Floor, device: TestDevice, room: RoomId, read: number) =>
  floor.inboxes.mark(device.user, device.device, room, { read: read as Seq });

test('[TEXT5] an entry lists the unread messages that name the user', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1, 2]);
  await b.open();
  const say = async (text: string, more: object = {}) =>
    accepted(await a.do(room, { kind: 'send', content: content(text), ...more }));
  const edit = async (refersTo: Seq, more: object = {}) =>
    accepted(await a.do(room, { kind: 'edit', refersTo, content: content('edited'), ...more }));
  await say('hello');
  expect(await mentions(floor, b, room)).toBeUndefined();
  const first = await say('@b', { mentions: [user(1)] });
  const second = await say('@all', { mentionsAll: true });
  await say('@c', { mentions: [user(2)] });
  const third = await say('@b and @c', { mentions: [user(1), user(2)] });
  expect(await mentions(floor, b, room)).toEqual([first, second, third]);
  expect(await mentions(floor, a, room)).toBeUndefined();
  await edit(third);
  expect(await mentions(floor, b, room)).toEqual([first, second]);
  await edit(third, { mentions: [user(1)] });
  await mark(floor, b, room, first);
  expect(await mentions(floor, b, room)).toEqual([second, third]);
  accepted(await a.do(room, { kind: 'delete', refersTo: second }));
  expect(await mentions(floor, b, room)).toEqual([third]);
  // What was read does not come back by an edit.
  await mark(floor, b, room, third);
  await edit(third, { mentions: [user(1)] });
  expect(await mentions(floor, b, room)).toBeUndefined();
});

test('[TEXT5][UNREAD3] who joins is named by nothing before', async () => {
  const floor = createFloor();
  const [a, c] = [floor.device(0), floor.device(2)];
  const room = await a.createGroup([1]);
  accepted(await a.do(room, { kind: 'send', content: content('x'), mentions: [user(2)] }));
  accepted(await a.do(room, { kind: 'add', users: [user(2)] }));
  expect(await mentions(floor, c, room)).toBeUndefined();
  const all = accepted(await a.do(room, { kind: 'send', content: content('x'), mentionsAll: true }));
  expect(await mentions(floor, c, room)).toEqual([all]);
});

test('[TEXT5][OWN7] a message that the user hid names them no more', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1, 2]);
  const say = async () =>
    accepted(await a.do(room, { kind: 'send', content: content('@all'), mentionsAll: true }));
  const [first, second, third] = [await say(), await say(), await say()];
  expect(await mentions(floor, b, room)).toEqual([first, second, third]);
  const name = roomSettingName('hidden', room);
  await floor.inboxes.set(b.user, b.device, name, JSON.stringify([[second, second]]));
  expect(await mentions(floor, b, room)).toEqual([first, third]);
  expect(await mentions(floor, floor.device(2), room)).toEqual([first, second, third]);
});

test('[TEXT5][TIME2] nor does one whose time was over', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  const more = { mentions: [user(1)], expiresAfter: 1 };
  const gone = accepted(await a.do(room, { kind: 'send', content: content('@b'), ...more }));
  const stays = accepted(await a.do(room, { kind: 'send', content: content('@b'), mentions: [user(1)] }));
  expect(await mentions(floor, b, room)).toEqual([gone, stays]);
  floor.clock.advance(1_000);
  await floor.rooms.submit({
    ...{ kind: 'expire', messages: [{ seq: gone, sender: a.user }], room, sender: a.user },
    now: floor.clock.now(),
  });
  expect(await mentions(floor, b, room)).toEqual([stays]);
});

test('[TEXT5] who is blocked names nobody who blocks them, wherever they write', async () => {
  const floor = createFloor();
  const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
  const direct = await a.befriend(b);
  const room = await c.createGroup([0, 1]);
  const say = async (by: TestDevice) =>
    accepted(await by.do(room, { kind: 'send', content: content('@all'), mentionsAll: true }));
  const [byA, byB, byC] = [await say(a), await say(b), await say(c)];
  accepted(await a.do(direct, { kind: 'relate', act: 'block' }));
  expect(await mentions(floor, a, room)).toEqual([byC]);
  // To who is blocked nothing shows of it.
  expect(await mentions(floor, b, room)).toEqual([byA, byC]);
  expect(await mentions(floor, c, room)).toEqual([byA, byB]);
  accepted(await a.do(direct, { kind: 'relate', act: 'unblock' }));
  expect(await mentions(floor, a, room)).toEqual([byB, byC]);
});

test('[TEXT5] it is always what looking at every message gives, also after a restart', async () => {
  const who = fc.nat({ max: 2 });
  const named = fc.record({ users: fc.array(who, { maxLength: 2 }), all: fc.integer({ min: 0, max: 5 }) });
  const step = fc.oneof(
    fc.record({ do: fc.constant('send' as const), by: who, named }),
    fc.record({ do: fc.constant('edit' as const), by: who, at: fc.nat({ max: 20 }), named }),
    fc.record({ do: fc.constant('delete' as const), by: who, at: fc.nat({ max: 20 }) }),
    fc.record({ do: fc.constant('read' as const), by: who, at: fc.integer({ min: 1, max: 40 }) }),
  );
  const envelope = ({ users, all }: { users: number[]; all: number }) => ({
    ...(users.length > 0 && { mentions: users.map(user) }),
    ...(all === 0 && { mentionsAll: true as const }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const floor = createFloor();
      const people = [0, 1, 2].map((number) => floor.device(number));
      const [a] = people;
      if (a === undefined) throw new Error('no people');
      const room = await a.createGroup([1, 2]);
      const read = [1, 1, 1];
      const messages: { seq: Seq; by: number; deleted: boolean; users: number[]; all: boolean }[] = [];
      for (const taken of steps) {
        const device = people[taken.by] as TestDevice;
        if (taken.do === 'read') {
          await mark(floor, device, room, taken.at);
          const head = (await floor.inboxes.entry(device.user, room))?.entry.head.seq ?? 0;
          read[taken.by] = Math.max(read[taken.by] ?? 0, Math.min(taken.at, head));
          continue;
        }
        if (taken.do === 'send') {
          const { users, all } = taken.named;
          const said = { kind: 'send' as const, content: content('x'), ...envelope(taken.named) };
          const seq = accepted(await device.do(room, said));
          messages.push({ seq, by: taken.by, deleted: false, users, all: all === 0 });
          continue;
        }
        const message = messages[taken.at];
        if (message === undefined) continue;
        const { seq: refersTo } = message;
        const answer = await device.do(
          room,
          taken.do === 'delete'
            ? { kind: 'delete', refersTo }
            : { kind: 'edit', refersTo, content: content('y'), ...envelope(taken.named) },
        );
        if (answer.kind !== 'accepted') continue;
        if (taken.do === 'delete') message.deleted = true;
        else Object.assign(message, { users: taken.named.users, all: taken.named.all === 0 });
      }
      const restarted = createFloor({ engine: floor.engine.reopen() });
      for (const [number, device] of people.entries()) {
        const expected = messages
          .filter(({ by, deleted, seq }) => by !== number && !deleted && seq > (read[number] ?? 0))
          .filter(({ users, all }) => all || users.includes(number))
          .map(({ seq }) => seq as number);
        expect((await mentions(floor, device, room)) ?? []).toEqual(expected);
        expect((await mentions(restarted, device, room)) ?? []).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});
