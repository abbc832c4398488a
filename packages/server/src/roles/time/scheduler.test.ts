import { expect, test } from 'bun:test';
import { limits, nextClientMessageId, type ScheduledId, scheduledIdOf } from '@maru/protocol';
import { firingName } from '../../core/later/firing-name.ts';
import { createMemoryEngine } from '../../engines/memory/memory-engine.ts';
import { codeOf, floorWithScheduler, pass } from '../../main/testing/floor-with-scheduler.ts';
import { StorageUnavailable } from '../../ports/log.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';

test('[LATER1][LATER3] a message is sent when its time has come, once, by all the sender has: the scheduling device is told, too', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const { people, schedule, texts, clock } = floor;
  const [a, b] = people;
  const room = await a.createGroup([1]);
  await a.open();
  await b.open();
  const at = clock.now() + 5_000;
  expect(await schedule(a, room, at, '나중에')).toMatchObject({ kind: 'accepted', seq: 1 });
  await a.send(room, 'now');
  await pass(floor, 4_900);
  expect(await texts(room)).toEqual(['now']);
  expect((await floor.later.list(a.user)).items).toMatchObject([{ room, at, state: 'waiting' }]);
  await pass(floor, 300);
  expect(await texts(room)).toEqual(['now', '나중에']);
  expect((await floor.later.list(a.user)).items).toEqual([]);
  expect(a.got.seqs(room).map(Number)).toContain(3);
  expect(b.got.seqs(room).map(Number)).toEqual([2, 3]);
  await pass(floor, 5_000);
  expect(await texts(room)).toEqual(['now', '나중에']);
  expect(floor.faults).toEqual([]);
});

test('[LATER1] a retry schedules nothing twice, also after it was sent or cancelled', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  const [first, second] = [a.mint(room), a.mint(room)];
  const soon = floor.clock.now() + 1_000;
  for (let i = 0; i < 2; i++)
    expect(codeOf(await floor.schedule(a, room, soon, 'once', first))).toBe('accepted');
  await floor.schedule(a, room, soon, 'never', second);
  expect((await floor.later.list(a.user)).items).toHaveLength(2);
  const scheduled = scheduledIdOf(a.device, room, second);
  expect(await floor.later.remove(a.user, scheduled)).toBeUndefined();
  await pass(floor, 2_000);
  for (const id of [first, second])
    expect(codeOf(await floor.schedule(a, room, soon, 'again', id))).toBe('accepted');
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual(['once']);
});

test('[LATER1] the room is asked now: a stranger and a message too long are refused, and leave no trace', async () => {
  const floor = await floorWithScheduler({ messageCharsMax: 5 });
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.createGroup([]);
  const at = floor.clock.now() + 1_000;
  expect(codeOf(await floor.schedule(b, room, at))).toBe('not-found');
  expect(codeOf(await floor.schedule(a, room, at, 'too long'))).toBe('message-too-long');
  expect(codeOf(await floor.schedule(a, room, at + limits.SCHEDULE_AHEAD_MS_MAX))).toBe('bad-request');
  expect(codeOf(await floor.schedule(a, room, floor.clock.now() + limits.SCHEDULE_AHEAD_MS_MAX))).toBe(
    'accepted',
  );
  expect((await floor.later.list(a.user)).items).toHaveLength(1);
  const command = floor.engine.log.head;
  expect(command as number).toBe(1);
});

test('[LATER1] a user has so many at the most', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  const at = floor.clock.now() + 3_600_000;
  for (let i = 0; i < limits.SCHEDULED_MAX; i++) await floor.schedule(a, room, at);
  const answer = await floor.schedule(a, room, at);
  expect(answer).toMatchObject({
    kind: 'refused',
    error: { code: 'too-many', limit: { name: 'SCHEDULED_MAX' } },
  });
});

test('[LATER2] until it is sent it can be changed and cancelled, and devices are told of every change', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.createGroup([1]);
  await a.open();
  const id = a.mint(room);
  await floor.schedule(a, room, floor.clock.now() + 1_000, 'first', id);
  const scheduled = scheduledIdOf(a.device, room, id);
  const identity = { ...a, administrator: false };
  const later = floor.clock.now() + 3_000;
  const content = { type: 'text', text: 'second' } as const;
  expect(await floor.later.change({ ...b, administrator: false }, scheduled, { at: 5 })).toMatchObject({
    code: 'not-found',
  });
  expect(await floor.later.change(identity, scheduled, { at: later, content })).toBeUndefined();
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
  await pass(floor, 1_500);
  expect(await floor.texts(room)).toEqual(['second']);
  expect(await floor.later.change(identity, scheduled, { at: 5 })).toMatchObject({ code: 'already-sent' });
  expect(await floor.later.remove(a.user, scheduled)).toMatchObject({ code: 'already-sent' });
  const notices = a.got.frames.filter(({ kind }) => kind === 'scheduled');
  expect(notices.length).toBeGreaterThanOrEqual(3);
  expect(notices.at(-1)).toEqual({ kind: 'scheduled' });
  expect(floor.later.revisionOf(a.user)).toBeUndefined();
});

test('[LATER3] what could not be stored is sent later, once', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  await floor.schedule(a, room, floor.clock.now() + 1_000);
  const full = () => new StorageUnavailable('the disk is full');
  floor.failures.push(full(), full(), full(), full(), full());
  await pass(floor, 6_000);
  expect(await floor.texts(room)).toEqual(['안녕']);
  expect(floor.failures).toEqual([]);
  floor.failures.push(full());
  expect(await floor.schedule(a, room, floor.clock.now())).toMatchObject({
    error: { code: 'storage-unavailable', retryable: true },
  });
  expect(floor.faults).toEqual([]);
});

test('[LATER2][ORD4] what stands behind a schedule that could not be stored comes again with it', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  const id = a.mint(room);
  const at = floor.clock.now() + 1_000;
  const scheduled = scheduledIdOf(a.device, room, id);
  const cancel = { kind: 'unschedule', room, clientMessageId: a.mint(room), scheduled } as const;
  floor.failures.push(new StorageUnavailable('the disk is full'));
  const both = () =>
    Promise.all([
      floor.schedule(a, room, at, 'x', id),
      floor.later.take({ ...a, administrator: false }, cancel),
    ]);
  expect((await both()).map(codeOf)).toEqual(['storage-unavailable', 'storage-unavailable']);
  expect((await both()).map(codeOf)).toEqual(['accepted', 'accepted']);
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
});

/** Plays a death after so many writes of the scheduler and the room, and a start an hour later. */
async function dieAfter(writes: number): Promise<string[]> {
  let left = Number.POSITIVE_INFINITY;
  const engine = createMemoryEngine({
    sync: () => (left-- > 0 ? Promise.resolve() : new Promise(() => undefined)),
  });
  const clock = new ManualClock();
  const first = await floorWithScheduler({ engine, clock });
  const [a] = first.people;
  const accounts = first.people.map(({ user }, n) => ({ user, handle: `person_${n}`, name: `${n}`, at: 1 }));
  await engine.directory.createPlaceholders(accounts);
  const room = await a.createGroup([]);
  await first.schedule(a, room, clock.now() + 1_000, 'exactly once');
  left = writes;
  await pass(first, 2_000);
  clock.advance(3_600_000);
  const second = await floorWithScheduler({ engine: engine.crash(), clock });
  left = Number.POSITIVE_INFINITY;
  await pass(second, 500);
  await second.later[Symbol.asyncDispose]();
  expect((await second.later.list(a.user)).items).toEqual([]);
  return second.texts(room);
}

test.each([0, 1, 2, 3])(
  '[LATER3] a death behind write %d of its sending loses and doubles nothing',
  async (writes) => {
    expect(await dieAfter(writes)).toEqual(['exactly once']);
  },
);

test('[LATER5] a start sends at once what fell due meanwhile, in the order of its times', async () => {
  const first = await floorWithScheduler();
  const [a] = first.people;
  const room = await a.createGroup([]);
  const now = first.clock.now();
  for (const after of [3, 1, 2]) await first.schedule(a, room, now + after * 60_000, `${after}`);
  await first.later[Symbol.asyncDispose]();
  first.clock.advance(86_400_000);
  const second = await floorWithScheduler({ engine: first.engine.reopen(), clock: first.clock });
  await using _later = second.later;
  await second.later.loading;
  expect(second.later.revisionOf(a.user)).toBeDefined();
  await pass(second, 200);
  expect(await second.texts(room)).toEqual(['1', '2', '3']);
});

test('[TIME4] a clock that leaps ahead for a moment sends nothing', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  await floor.schedule(a, room, floor.clock.now() + 600_000);
  floor.clock.jump(3_600_000);
  await pass(floor, 120_000, 10_000);
  floor.clock.jump(-3_600_000);
  await pass(floor, 400_000, 10_000);
  expect(await floor.texts(room)).toEqual([]);
  await pass(floor, 100_000, 10_000);
  expect(await floor.texts(room)).toEqual(['안녕']);
});

test('[LATER3] names of attempts rise, and are of no device that there is', () => {
  const id = nextClientMessageId(undefined, 1_790_000_000_000, new Uint8Array(10));
  const scheduled: ScheduledId = scheduledIdOf(
    'device_01h455vb4pex5vsknk084sn02s' as never,
    'room_01h455vb4pex5vsknk084sn02t' as never,
    id,
  );
  const [first, second] = [firingName(scheduled, 1), firingName(scheduled, 2)];
  expect(second.clientMessageId > first.clientMessageId).toBe(true);
  expect(first.device).toBe(second.device);
  // A UUIDv8, where devices mint version 7.
  expect(first).toEqual(firingName(scheduled, 1));
  expect(first.device.slice('device_'.length)).toBe(scheduled.slice('scheduled_'.length) as never);
});
