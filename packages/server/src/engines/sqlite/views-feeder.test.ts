import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Clock } from '../../ports/clock.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { Script } from '../../ports/testing/script.ts';
import { SoftMarks } from './soft-marks.ts';
import { StorageThread } from './storage-thread.ts';
import { Tail } from './tail.ts';
import { ViewsFeeder } from './views-feeder.ts';

const FULL = { kind: 'failed', failure: 'unavailable', detail: 'SQLITE_FULL' };
const BROKEN = { kind: 'failed', failure: 'broken', detail: 'SQLITE_IOERR_FSYNC' };
/** Less than any entry takes. */
const TAIL_BYTES_MAX = 1;

let thread: StorageThread;
let timers: (() => void)[] = [];
const clock: Clock = {
  now: () => 0,
  monotonic: () => 0,
  after(_ms, run) {
    timers.push(run);
    return () => {
      timers = timers.filter((one) => one !== run);
    };
  },
};

beforeAll(() => {
  thread = new StorageThread(new Worker(new URL('./testing/scripted-thread.ts', import.meta.url)));
});
afterAll(() => thread.terminate());
beforeEach(() => {
  timers = [];
});

/** A feeder whose thread gives these answers, and an entry that fills its tail. */
async function feederWith(answers: readonly object[]) {
  await thread.request(JSON.stringify({ kind: 'script', answers }));
  const script = new Script(0 as Position);
  const ana = script.person();
  const created = script.group(ana);
  const tail = new Tail(0 as Position);
  const soft = new SoftMarks();
  const failures: unknown[] = [];
  const feeder = new ViewsFeeder({
    thread,
    tail,
    soft,
    clock,
    through: 0 as Position,
    frozen: false,
    tailBytesMax: TAIL_BYTES_MAX,
    onFailed: (error) => failures.push(error),
  });
  tail.add(created);
  return { feeder, tail, soft, failures, ana, room: created.room };
}

/** What a promise is rejected with. (Bun's own `rejects` holds up messages of threads.) */
async function failureOf(promise: Promise<void> | undefined): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a full tail makes the log wait until the projections have caught up', async () => {
  const { feeder, tail } = await feederWith([]);
  const wait = feeder.room();
  expect(wait).toBeInstanceOf(Promise);
  await wait;
  expect(tail.bytes).toBe(0);
  expect(feeder.room()).toBeUndefined();
});

test('[DUR3] with a full tail and a full disk the log is refused, and goes on once there is room', async () => {
  const { feeder, tail, failures } = await feederWith([FULL, FULL]);
  expect(await failureOf(feeder.room())).toBeInstanceOf(StorageUnavailable);
  expect(await failureOf(feeder.room())).toBeInstanceOf(StorageUnavailable);
  expect(failures).toHaveLength(1);
  expect(await failureOf(feeder.checkpoint())).toBeInstanceOf(StorageUnavailable);
  // It is tried again by itself.
  expect(timers).toHaveLength(1);
  for (const run of timers.splice(0)) run();
  await feeder.checkpoint();
  expect(tail.bytes).toBe(0);
  expect(feeder.room()).toBeUndefined();
});

test('[SOFT2] what is soft and could not be written is seen, and written later', async () => {
  const { feeder, soft, ana, room } = await feederWith([FULL]);
  soft.saveDelivered(ana.user, room, 5);
  expect(await failureOf(feeder.checkpoint())).toBeInstanceOf(StorageUnavailable);
  expect(soft.delivered(ana.user, room)).toBe(5);
  expect(soft.size).toBe(1);
  await feeder.checkpoint();
  expect(soft.size).toBe(0);
});

test('[DUR4] projections that broke refuse everything, and are not tried again', async () => {
  const { feeder, failures } = await feederWith([BROKEN]);
  expect(await failureOf(feeder.room())).toBeInstanceOf(StorageBroken);
  expect(await failureOf(feeder.room())).toBeInstanceOf(StorageBroken);
  feeder.nudge();
  expect(timers).toEqual([]);
  expect(failures).toHaveLength(1);
});

test('an entry waits for others, and soft marks alone set the timer, too', async () => {
  const { feeder, tail, soft, ana } = await feederWith([]);
  feeder.nudge();
  feeder.nudge();
  expect(timers).toHaveLength(1);
  await feeder.checkpoint();
  expect(timers).toEqual([]);
  expect(tail.bytes).toBe(0);
  soft.saveLastActive(ana.user, 7);
  feeder.nudge();
  expect(timers).toHaveLength(1);
  for (const run of timers.splice(0)) run();
  await feeder.checkpoint();
  expect(soft.lastActive(ana.user)).toBeUndefined();
});

test('a checkpoint and a batch never meet', async () => {
  const { feeder, tail, soft, failures, ana } = await feederWith([]);
  const checkpoints = [feeder.checkpoint(), feeder.checkpoint()];
  for (let i = 0; i < 20; i++) {
    soft.saveLastActive(ana.user, i);
    feeder.nudge();
    for (const run of timers.splice(0)) run();
    await Promise.resolve();
  }
  await Promise.all([...checkpoints, feeder.checkpoint()]);
  expect(failures).toEqual([]);
  expect(tail.bytes).toBe(0);
  expect(soft.size).toBe(0);
});
