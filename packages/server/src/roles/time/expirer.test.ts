import { expect, test } from 'bun:test';
import { limits, type RoomId, type Seq } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { content } from '../../core/room/testing/people.ts';
import { createFloor, type Floor, type FloorOptions } from '../../main/testing/floor.ts';
import { writtenLater } from '../../main/testing/written-later.ts';
import { verify } from '../../main/verify/verify.ts';
import { StorageUnavailable } from '../../ports/log.ts';
import { Expirer } from './expirer.ts';
import { SteadyClock } from './steady-clock.ts';

/** A floor that erases; `load.strained` is what the committer says. */
function floorWithExpirer(options: FloorOptions = {}) {
  const load = { strained: false };
  let expirer: Expirer | undefined;
  const floor = createFloor({ ...options, onExpiring: (at) => expirer?.note(at) });
  const { rooms, clock, engine, faults, committer } = floor;
  const begin = () => {
    expirer = new Expirer({
      ...{ rooms, clock, store: engine.rooms, time: new SteadyClock(clock) },
      committer: {
        refusal: () => committer.refusal(),
        get strained() {
          return load.strained;
        },
      },
      onFault: (error) => faults.push(error),
    });
    return expirer;
  };
  return { ...floor, load, begin };
}

/** Lets time pass, and everything that it sets going come to its end. */
async function pass({ clock }: Pick<Floor, 'clock'>, ms: number, step = 25): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(step);
    for (let i = 0; i < 60; i++) await Promise.resolve();
  }
}

const lasting = (expiresAfter: number, text = 'secret'): CommandBody => ({
  kind: 'send',
  content: content(text),
  expiresAfter,
});

async function eventsOf({ engine }: Pick<Floor, 'engine'>, room: RoomId) {
  return engine.rooms.events(room, 1, 10_000);
}

test('[TIME2] messages are erased when their time is over, and not before', async () => {
  const floor = floorWithExpirer();
  await using _expirer = floor.begin();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  await b.open();
  await a.do(room, lasting(10));
  await a.send(room, 'stays');
  await pass(floor, 9_900);
  expect((await eventsOf(floor, room)).map(({ kind }) => kind)).toEqual(['created', 'message', 'message']);
  await pass(floor, 200);
  const events = await eventsOf(floor, room);
  expect(events.map(({ kind }) => kind)).toEqual(['created', 'message', 'message', 'expired']);
  expect(events[1]).not.toHaveProperty('content');
  expect(events[1]).toMatchObject({ seq: 2, expiresAfter: 10 });
  expect(events[2]?.content).toContain('stays');
  expect(b.got.seqs(room)).toEqual([2, 3, 4] as Seq[]);
  expect((await verify(floor.engine)).findings.filter(({ code }) => code !== 'user')).toEqual([]);
});

test('[TIME2][UNREAD1] many that expire at once are erased some at a time, one event for each batch, and count no more', async () => {
  const floor = floorWithExpirer();
  await using _expirer = floor.begin();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  const count = 2 * limits.EXPIRED_MESSAGES_MAX + 50;
  await Promise.all(Array.from({ length: count }, (_, i) => (i % 5 === 0 ? b : a).do(room, lasting(10))));
  const unread = async () => (await floor.inboxes.entry(b.user, room))?.entry.unreadCount;
  expect(await unread()).toBe(200);
  await pass(floor, 9_999, 3_333);
  await pass(floor, 200);
  const expired = (await eventsOf(floor, room)).filter(({ kind }) => kind === 'expired');
  expect(expired).toHaveLength(3);
  expect(await unread()).toBe(0);
  expect(JSON.stringify(await eventsOf(floor, room))).not.toContain('secret');
  // A restart counts the same.
  const again = createFloor({ engine: floor.engine.reopen(), clock: floor.clock });
  expect((await again.inboxes.entry(b.user, room))?.entry.unreadCount).toBe(0);
});

test('[TIME3] a start erases what fell due meanwhile', async () => {
  const first = floorWithExpirer();
  const a = first.device(0);
  const room = await a.createGroup([]);
  await a.do(room, lasting(10));
  first.clock.advance(86_400_000);
  const second = floorWithExpirer({ engine: first.engine.reopen(), clock: first.clock });
  await using _expirer = second.begin();
  await pass(second, 100);
  expect((await eventsOf(second, room)).map(({ kind }) => kind)).toEqual(['created', 'message', 'expired']);
});

test('[TIME2] what is sent while it looks is not missed', async () => {
  const floor = floorWithExpirer();
  const { expiring } = floor.engine.rooms;
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  // The answer of before comes late.
  Object.assign(floor.engine.rooms, {
    expiring: async (...args: Parameters<typeof expiring>) => {
      const found = await expiring(...args);
      if (++asked === 2) await gate.promise;
      return found;
    },
  });
  await using _expirer = floor.begin();
  const a = floor.device(0);
  const room = await a.createGroup([]);
  await a.do(room, lasting(2));
  gate.resolve();
  await pass(floor, 3_000, 100);
  expect(await eventsOf(floor, room)).toHaveLength(3);
});

test('[TIME3] sending goes first: while messages wait for the log, nothing is erased', async () => {
  const floor = floorWithExpirer();
  await using _expirer = floor.begin();
  const a = floor.device(0);
  const room = await a.createGroup([]);
  await a.do(room, lasting(1));
  floor.load.strained = true;
  await pass(floor, 5_000, 100);
  expect(await eventsOf(floor, room)).toHaveLength(2);
  floor.load.strained = false;
  await pass(floor, 1_000, 100);
  expect(await eventsOf(floor, room)).toHaveLength(3);
});

test('[TIME3] what could not be stored is erased later, once', async () => {
  const failures: Error[] = [];
  const sync = async () => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  };
  const floor = floorWithExpirer({ sync });
  await using _expirer = floor.begin();
  const a = floor.device(0);
  const room = await a.createGroup([]);
  await a.do(room, lasting(1));
  failures.push(...Array.from({ length: 3 }, () => new StorageUnavailable('the disk is full')));
  await pass(floor, 5_000, 100);
  expect((await eventsOf(floor, room)).map(({ kind }) => kind)).toEqual(['created', 'message', 'expired']);
  expect(failures).toEqual([]);
});

test('[TIME4] a clock that leaps ahead for a moment erases nothing', async () => {
  const floor = floorWithExpirer();
  await using _expirer = floor.begin();
  const a = floor.device(0);
  const room = await a.createGroup([]);
  await a.do(room, lasting(600));
  floor.clock.jump(86_400_000);
  await pass(floor, 120_000, 10_000);
  floor.clock.jump(-86_400_000);
  await pass(floor, 470_000, 10_000);
  expect(await eventsOf(floor, room)).toHaveLength(2);
  await pass(floor, 20_000, 5_000);
  expect(await eventsOf(floor, room)).toHaveLength(3);
});

test('[ORD6] a room whose rules are not known is left alone, and holds up no other', async () => {
  const first = floorWithExpirer();
  const a = first.device(0);
  const later = await a.createGroup([], 'all', 1);
  await a.do(later, lasting(1));
  const engine = await writtenLater(first.engine);
  const floor = floorWithExpirer({ engine, clock: first.clock });
  await using _expirer = floor.begin();
  const b = floor.device(0);
  const known = await b.createGroup([], 'all', 2);
  await b.do(known, lasting(2));
  await pass(floor, 5_000, 100);
  expect(await eventsOf(floor, later)).toHaveLength(2);
  expect(await eventsOf(floor, known)).toHaveLength(3);
  expect(floor.faults).toEqual([]);
});
