import { describe, expect, test } from 'bun:test';
import { directRoomId, type RelationAct, type RoomId, type Seq } from '@maru/protocol';
import { content } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

/** Lets time pass, and what was begun by it end. */
async function pass(floor: Floor, ms = 2_000): Promise<void> {
  floor.clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

const relate = (device: TestDevice, room: RoomId, act: RelationAct) =>
  device.do(room, { kind: 'relate', act });

/** Users 0 and 1 with sessions and a direct room in which nobody has written. */
async function strangers(floor = createFloor()) {
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = directRoomId(a.user, b.user);
  await a.open();
  await b.open();
  accepted(await a.do(room, { kind: 'create', roomKind: 'direct', user: b.user }));
  return { floor, a, b, room };
}

/** Everything soft that a person can do in a room. */
async function signs(floor: Floor, device: TestDevice, room: RoomId): Promise<void> {
  const head = (await floor.engine.inboxes.heads([room]))[0]?.seq ?? (1 as Seq);
  floor.inboxes.typing(device.user, room);
  floor.inboxes.delivered(device.user, [[room, head]]);
  floor.inboxes.beat(device.info, 'active', undefined);
  await floor.inboxes.mark(device.user, device.device, room, { read: head });
  await pass(floor);
}

/** What one is told of the other, live and when one asks, by kind. */
async function told(floor: Floor, reader: TestDevice, room: RoomId, of: TestDevice) {
  await floor.inboxes.look(reader.info, [room]);
  reader.got.clear();
  await signs(floor, of, room);
  const [seen] = await floor.inboxes.look(reader.info, [room]);
  const presence = await floor.inboxes.presence(reader.user, room);
  const receipts = await floor.inboxes.receipts(reader.user, room);
  const entry = (await floor.inboxes.entry(reader.user, room))?.entry;
  const names = (list: readonly { user: unknown }[] | undefined) =>
    list?.some(({ user }) => user === of.user) === true;
  const ways = {
    typing: reader.got.of('typing').length > 0,
    marks: reader.got.of('receipts').some(({ marks }) => names(marks)),
    receipts: names(receipts),
    entry: names(entry?.receipts),
    presence: names(presence?.users),
    seen: names(seen?.users),
    present: (presence?.present ?? 0) > 1,
  };
  of.close(true);
  await pass(floor);
  const live = reader.got.of('presence').flatMap(({ users }) => users);
  await of.open();
  return { ...ways, live: live.some(({ user, state }) => user === of.user && state === 'offline') };
}

const EVERYTHING = {
  ...{ typing: true, marks: true, receipts: true, entry: true },
  ...{ presence: true, seen: true, present: true, live: true },
};
const NOTHING = Object.fromEntries(Object.keys(EVERYTHING).map((way) => [way, false]));

describe('towards a person whom one has not accepted', () => {
  test('[REL4] nothing goes that is soft, by any path, until one answers', async () => {
    const { floor, a, b, room } = await strangers();
    await a.send(room);
    floor.inboxes.beat(a.info, 'active', undefined);
    expect(await told(floor, a, room, b)).toEqual(NOTHING as never);
    expect(await told(floor, b, room, a)).toEqual(EVERYTHING);
    floor.inboxes.beat(a.info, 'active', undefined);
    await b.send(room);
    expect(await told(floor, a, room, b)).toEqual(EVERYTHING);
  });

  test('[REL4] what one accepts later is told from then on: marks of before, and that one is there', async () => {
    const { floor, a, b, room } = await strangers();
    const seq = await a.send(room);
    await signs(floor, b, room);
    await floor.inboxes.look(a.info, [room]);
    await pass(floor);
    a.got.clear();
    accepted(await relate(b, room, 'accept'));
    await pass(floor);
    expect(a.got.of('receipts')).toMatchObject([{ room, marks: [{ user: b.user, read: seq }] }]);
    expect(a.got.of('presence')).toMatchObject([{ users: [{ user: b.user, state: 'active' }] }]);
  });

  test('[REL4] who is removed as a contact, or refused, sees no more of who did it', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    await a.open();
    await b.open();
    const room = await a.befriend(b);
    floor.inboxes.beat(a.info, 'active', undefined);
    expect(await told(floor, a, room, b)).toEqual(EVERYTHING);
    floor.inboxes.beat(b.info, 'active', undefined);
    await floor.inboxes.look(a.info, [room]);
    a.got.clear();
    accepted(await relate(b, room, 'remove'));
    expect(a.got.of('presence')).toMatchObject([{ users: [{ user: b.user, state: 'offline' }] }]);
    expect(await told(floor, a, room, b)).toEqual({ ...NOTHING } as never);
  });
});

describe('across a block', () => {
  /** Contacts who are in a group with a third. */
  async function group() {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    for (const device of [a, b, c]) await device.open();
    const direct = await a.befriend(b);
    const room = await c.createGroup([0, 1]);
    await c.send(room);
    for (const device of [a, b]) floor.inboxes.beat(device.info, 'active', undefined);
    return { floor, a, b, c, room, direct };
  }

  test('[REL8] there is nothing soft in either direction, in groups too, and others see all', async () => {
    const { floor, a, b, c, room, direct } = await group();
    expect(await told(floor, b, room, a)).toEqual(EVERYTHING);
    accepted(await relate(a, direct, 'block'));
    for (const device of [a, b, c]) floor.inboxes.beat(device.info, 'active', undefined);
    // Somebody else is there, so that only who is named tells.
    const counted = { present: true };
    expect(await told(floor, b, room, a)).toEqual({ ...NOTHING, ...counted } as never);
    expect(await told(floor, a, room, b)).toEqual({ ...NOTHING, ...counted } as never);
    expect(await told(floor, a, direct, b)).toEqual(NOTHING as never);
    expect(await told(floor, c, room, a)).toEqual(EVERYTHING);
    accepted(await relate(a, direct, 'unblock'));
    expect(await told(floor, b, room, a)).toEqual(EVERYTHING);
  });

  test('[REL8] who looks sees the other go at once, and come back when it ends', async () => {
    const { floor, a, b, room, direct } = await group();
    for (const device of [a, b]) await floor.inboxes.look(device.info, [room]);
    await pass(floor);
    for (const device of [a, b]) device.got.clear();
    accepted(await relate(a, direct, 'block'));
    expect(a.got.of('presence')).toMatchObject([{ users: [{ user: b.user, state: 'offline' }] }]);
    expect(b.got.of('presence').map(({ users }) => users) as unknown).toEqual([
      [{ user: a.user, state: 'offline' }],
    ]);
    for (const device of [a, b]) device.got.clear();
    accepted(await relate(a, direct, 'unblock'));
    await pass(floor);
    expect(b.got.of('presence').flatMap(({ users }) => users)).toContainEqual({
      user: a.user,
      state: 'active',
    } as never);
  });

  test('[REL8] the same is so for people who come into memory later', async () => {
    const { floor, a, b, room, direct } = await group();
    accepted(await relate(a, direct, 'block'));
    await floor.inboxes[Symbol.asyncDispose]();
    const after = createFloor({ engine: floor.engine.reopen() });
    const [x, y] = [after.device(0), after.device(1)];
    await x.open();
    await y.open();
    expect(await told(after, y, room, x)).toEqual(NOTHING as never);
    expect([...(await after.inboxes.blockersOf(b.user))]).toEqual([a.user]);
    expect([...(await after.inboxes.blockersOf(a.user))]).toEqual([]);
    expect([...((await after.inboxes.severedFrom(a.user)) ?? [])]).toEqual([b.user]);
  });
});

describe('a change', () => {
  test('[REL10] comes live to all devices of those who are told, as the entry', async () => {
    const { floor, a, b, room } = await strangers();
    const phone = floor.device(0, 1);
    await phone.open();
    for (const device of [a, phone, b]) device.got.clear();
    const note = content('hello');
    accepted(await a.do(room, { kind: 'relate', act: 'request', note }));
    for (const [device, state] of [
      [a, 'requested-by-me'],
      [phone, 'requested-by-me'],
      [b, 'requested-by-them'],
    ] as const) {
      const relation = { state, seq: 2, note: { type: 'text', text: 'hello' } };
      expect(device.got.of('room').map(({ entry }) => entry)).toMatchObject([
        { room, relation, head: { seq: 2 }, events: [{ seq: 2, kind: 'related' }] },
      ]);
      expect((await floor.inboxes.entry(device.user, room))?.entry.relation).toEqual(relation as never);
    }
    accepted(await relate(b, room, 'refuse'));
    expect(a.got.of('room')).toHaveLength(1);
    expect(b.got.of('room').at(-1)?.entry.relation as unknown).toEqual({ state: 'none', seq: 3 });
  });

  test('[REL3] a request between two who have talked says that they are open', async () => {
    const { floor, a, b, room } = await strangers();
    await a.send(room);
    await b.send(room);
    accepted(await a.do(room, { kind: 'relate', act: 'request' }));
    const relation = { state: 'requested-by-them', seq: 4, open: true } as const;
    expect(b.got.of('room').at(-1)?.entry.relation).toEqual(relation);
    expect((await floor.inboxes.entry(b.user, room))?.entry.relation).toEqual(relation);
    accepted(await relate(b, room, 'accept'));
    expect(b.got.of('room').at(-1)?.entry.relation).toEqual({ state: 'contact', seq: 5 });
  });

  test('[REL3][REL10] who answers a stranger behind a request of their own is told with the other that they are open', async () => {
    const { a, b, room } = await strangers();
    await b.send(room);
    accepted(await a.do(room, { kind: 'relate', act: 'request' }));
    for (const device of [a, b]) device.got.clear();
    await a.send(room);
    for (const [device, state] of [
      [a, 'requested-by-me'],
      [b, 'requested-by-them'],
    ] as const)
      expect(device.got.of('room').map(({ entry }) => entry.relation as unknown)).toEqual([
        { state, seq: 3, open: true },
      ]);
  });

  test('[REL10] counts what is unread, where something was deleted, too', async () => {
    const { a, b, room } = await strangers();
    const first = await a.send(room);
    await a.send(room);
    accepted(await a.do(room, { kind: 'delete', refersTo: first }));
    b.got.clear();
    accepted(await a.do(room, { kind: 'relate', act: 'request' }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(b.got.of('room').at(-1)?.entry).toMatchObject({
      unreadCount: 1,
      relation: { state: 'requested-by-them' },
    });
  });

  test('[REL4][REL10] is told before its event: what a stranger writes first is a request at once', async () => {
    const { a, b, room } = await strangers();
    b.got.clear();
    const naming = { kind: 'send', content: content('@all'), mentionsAll: true } as const;
    const named = accepted(await a.do(room, naming));
    const kinds = b.got.frames.map(({ kind }) => kind);
    expect(kinds.indexOf('room')).toBe(0);
    expect(kinds).toContain('events');
    await new Promise((resolve) => setImmediate(resolve));
    // What names the user had to be asked for.
    expect(b.got.of('room').at(-1)?.entry).toMatchObject({ unreadCount: 1, unreadMentions: [named] });
  });

  test('[REL10][TEXT5] says what of it names the user, in the entry that it comes with', async () => {
    const { a, b, room } = await strangers();
    await a.send(room);
    const naming = { kind: 'send', content: content('@all'), mentionsAll: true } as const;
    const named = accepted(await a.do(room, naming));
    b.got.clear();
    // An answer opens the room, which both are told.
    await b.send(room);
    await new Promise((resolve) => setImmediate(resolve));
    expect(b.got.of('room').at(-1)?.entry).toMatchObject({
      relation: { state: 'open' },
      unreadCount: 2,
      unreadMentions: [named],
    });
  });

  test('[REL10] is found by the beats and the sync of a device that was not there', async () => {
    const { floor, a, b, room } = await strangers();
    const { cursor } = await floor.inboxes.sync(b.user, undefined, 5);
    accepted(await relate(a, room, 'request'));
    expect(floor.inboxes.beat(b.info, 'active', cursor)).toMatchObject({ sync: true });
    const changes = await floor.inboxes.sync(b.user, cursor, 5);
    expect(changes.rooms).toMatchObject([
      { entry: { room, relation: { state: 'requested-by-them', seq: 2 } } },
    ]);
    expect(floor.inboxes.beat(b.info, 'active', changes.cursor)).toMatchObject({ sync: false, changed: [] });
    // Over a restart too, while what came behind it is only messages.
    await a.send(room);
    const after = createFloor({ engine: floor.engine.reopen() });
    const device = after.device(1);
    await device.open();
    expect(after.inboxes.beat(device.info, 'active', cursor)).toMatchObject({ sync: true });
  });
});

test('[REL7] what was on its way before a block keeps its place and is not delivered live to who blocks', async () => {
  const { floor, a, b, room } = await strangers();
  await a.send(room);
  await b.send(room);
  for (const device of [a, b]) device.got.clear();
  const [insult, blocking] = [b.send(room, 'insult'), relate(a, room, 'block')];
  expect([await insult, accepted(await blocking)]).toEqual([4, 5] as never);
  expect(JSON.stringify(a.got.frames)).not.toContain('insult');
  expect(a.got.seqs(room)).toEqual([]);
  const page = await floor.rooms.page(room, a.user, { direction: 'older', limit: 9 });
  expect(page?.events.map(({ seq }) => seq as number)).toEqual([1, 2, 3, 4, 5]);
});
