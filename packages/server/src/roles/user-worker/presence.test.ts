import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

const beat = (floor: Floor, device: TestDevice, state: 'active' | 'away' = 'active') =>
  floor.inboxes.beat(device.info, state, undefined);
const told = (device: TestDevice) =>
  device.got.of('presence').flatMap(({ users }) => users.map(({ state }) => state));

/** Lets time pass, and what was begun by it end. */
async function pass(floor: Floor, ms: number): Promise<void> {
  floor.clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Users 0 and 1 with a direct room; 0 looks at it. */
async function pair(floor: Floor) {
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.befriend(b);
  await a.open();
  const look = () => floor.inboxes.look(a.info, [room]);
  await look();
  return { a, b, room, look };
}

describe('live', () => {
  test('[SOFT4] active, away, offline 30 s after the last sign, with the time it was', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    beat(floor, b, 'away');
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active', 'away']);
    beat(floor, b);
    const lastActive = floor.clock.now();
    b.close();
    await pass(floor, limits.OFFLINE_AFTER_MS - 1_000);
    expect(told(a)).toEqual(['active', 'away', 'active']);
    await pass(floor, 2_000);
    expect(a.got.of('presence').at(-1)?.users as unknown).toEqual([
      { user: b.user, state: 'offline', lastActive },
    ]);
  });

  test('[SOFT4] back within 30 s shows nobody a change; logged out is offline at once', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    for (let i = 0; i < 5; i++) {
      b.close();
      await pass(floor, limits.OFFLINE_AFTER_MS - 2_000);
      await b.open();
      beat(floor, b);
    }
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    b.close(true);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active', 'offline']);
  });

  test('[SOFT4] who goes offline just before they leave the memory is told of all the same', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    const first = floor.device(2);
    await b.open();
    await first.open();
    await pass(floor, 100);
    first.close(); // Begins the sweeps, every 30 s from here.
    await pass(floor, 29_800);
    b.close(); // Is offline at the next tick after 30 s, and is swept 100 ms later.
    await pass(floor, 30_000);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['away', 'offline']);
  });

  test('[SOFT4] a poll counts as a beat', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    await floor.inboxes.beatOf(b.user, b.device, 'active', undefined);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    await pass(floor, limits.OFFLINE_AFTER_MS);
    expect(told(a)).toEqual(['active', 'offline']);
  });

  test('[SOFT4] a user of many devices is as present as the most present of them', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    const b2 = floor.device(1, 1);
    await b.open();
    await b2.open();
    beat(floor, b);
    beat(floor, b2, 'away');
    await pass(floor, 1_000);
    b.close(true);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active', 'away']);
  });

  test('[SOFT1] changes of a moment are told once', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    await b.open();
    for (const state of ['active', 'away', 'active', 'away'] as const) beat(floor, b, state);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['away']);
  });
});

describe('who sees it', () => {
  test('[SOFT5] only those who share a room and look at it', async () => {
    const floor = createFloor();
    const { a, b } = await pair(floor);
    const [c, stranger] = [floor.device(2), floor.device(3)];
    const shared = await b.createGroup([0, 2]);
    await stranger.createGroup([], 'all', 1);
    await c.open();
    await stranger.open();
    expect(await floor.inboxes.look(stranger.info, [shared])).toEqual([]);
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    expect(told(c)).toEqual([]); // A member who does not look.
    await floor.inboxes.look(c.info, [shared]);
    await floor.inboxes.look(a.info, []);
    beat(floor, b, 'away');
    await pass(floor, 1_000);
    expect(told(c)).toEqual(['away']);
    expect(told(a)).toEqual(['active']);
    expect(told(stranger)).toEqual([]);
  });

  test('[SOFT5] live in groups up to the limit, beyond it when they look', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const members = Array.from({ length: limits.PRESENCE_LIVE_MEMBERS_MAX - 1 }, (_, i) => i + 1);
    const room = await a.createGroup(members);
    await a.open();
    expect(await floor.inboxes.look(a.info, [room])).toMatchObject([{ room, live: true, present: 1 }]);
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    accepted(await a.do(room, { kind: 'add', users: [floor.device(900).user] }));
    beat(floor, b, 'away');
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active']);
    const [seen] = await floor.inboxes.look(a.info, [room]);
    expect(seen).toMatchObject({ live: false, present: 2 });
    expect(seen?.users.find(({ user }) => user === b.user)).toMatchObject({ state: 'away' });
    expect(await floor.inboxes.presence(b.user, room)).toEqual(seen as never);
  });

  test('[SOFT5] who hides theirs is offline to everybody, at once and without a time', async () => {
    const floor = createFloor();
    const { a, b, look } = await pair(floor);
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    floor.inboxes.hidePresence(b.user, true);
    await pass(floor, 1_000);
    expect(a.got.of('presence').at(-1)?.users as unknown).toEqual([{ user: b.user, state: 'offline' }]);
    beat(floor, b);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active', 'offline']);
    expect(JSON.stringify(await look())).not.toContain(b.user);
    floor.inboxes.hidePresence(b.user, false);
    await pass(floor, 1_000);
    expect(told(a)).toEqual(['active', 'offline', 'active']);
  });

  test('[SOFT5] the setting holds for who is not in memory, too', async () => {
    const floor = createFloor();
    const { a, b, room, look } = await pair(floor);
    const { directory } = floor.engine;
    const at = floor.clock.now();
    await directory.createPlaceholders([{ user: b.user, handle: 'hidden', name: 'Hidden', at }]);
    await b.open();
    beat(floor, b);
    b.close(true);
    for (let i = 0; i < 4; i++) await pass(floor, 30_000); // Saved, and out of memory.
    expect((await look())[0]?.users).toContainEqual({ user: b.user, state: 'offline', lastActive: at });
    await directory.updateUser(b.user, { hidePresence: true }, at);
    expect(JSON.stringify(await look())).not.toContain(b.user);
    a.got.clear();
    await b.open();
    beat(floor, b);
    await pass(floor, 1_000);
    expect(told(a)).toEqual([]); // Not even that there was something to hide.
    expect(JSON.stringify(await floor.inboxes.presence(a.user, room))).not.toContain(b.user);
  });
});

test('[SOFT6] the time a user was last active survives a restart', async () => {
  const floor = createFloor();
  const { b, room } = await pair(floor);
  await b.open();
  beat(floor, b);
  const lastActive = floor.clock.now();
  await floor.inboxes[Symbol.asyncDispose]();
  const after = createFloor({ engine: floor.engine.reopen() });
  const a = after.device(0);
  await a.open();
  const [seen] = await after.inboxes.look(a.info, [room]);
  expect(seen?.users).toContainEqual({ user: b.user, state: 'offline', lastActive });
});
