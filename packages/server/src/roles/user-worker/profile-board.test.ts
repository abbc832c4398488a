import { describe, expect, test } from 'bun:test';
import { directRoomId, limits } from '@maru/protocol';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';
import type { AccountChange } from '../../ports/directory.ts';

/** Lets time pass, and what was begun by it end. */
async function pass(floor: Floor, ms: number): Promise<void> {
  floor.clock.advance(ms);
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function account(floor: Floor, { user: id }: TestDevice): Promise<void> {
  const placeholder = { user: id, handle: `handle_${id.slice(-4)}`, name: 'before', at: floor.clock.now() };
  await floor.engine.directory.createPlaceholders([placeholder]);
}

/** What the API does when somebody changes their account. */
async function change(floor: Floor, { user: id }: TestDevice, what: AccountChange): Promise<void> {
  const record = await floor.engine.directory.updateUser(id, what, floor.clock.now());
  if (record === undefined) throw new Error('there is no account');
  floor.inboxes.profileChanged(record);
}

const told = (device: TestDevice) => device.got.of('profile').map(({ user: of, name }) => [of, name]);

describe('a changed profile', () => {
  test('[PEOPLE2] comes to those who share a room, to the own devices, and to nobody else', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const [b, c, stranger] = [floor.device(1), floor.device(2), floor.device(3)];
    await account(floor, a);
    accepted(await a.do(directRoomId(a.user, b.user), { kind: 'create', roomKind: 'direct', user: b.user }));
    await a.createGroup([1, 2]);
    const other = floor.device(0, 1);
    for (const device of [a, other, b, c, stranger]) await device.open();
    await change(floor, a, { name: '하늘', status: 'here' });
    await pass(floor, 1_000);
    for (const device of [a, other, b, c]) expect(told(device)).toEqual([[a.user, '하늘']]);
    expect(b.got.of('profile')[0]).toMatchObject({ status: 'here', changedAt: expect.any(Number) });
    expect(stranger.got.frames).toEqual([]);
    expect(floor.faults).toEqual([]);
  });

  test('[PEOPLE2] of somebody without a session comes as well, as when they speak HTTP only', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    await account(floor, a);
    accepted(await a.do(directRoomId(a.user, b.user), { kind: 'create', roomKind: 'direct', user: b.user }));
    await b.open();
    await change(floor, a, { name: 'new' });
    await pass(floor, 1_000);
    expect(told(b)).toEqual([[a.user, 'new']]);
  });

  test('[PEOPLE2] [REL6] is not told across a block, in groups neither', async () => {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    for (const device of [a, b]) await account(floor, device);
    await a.createGroup([1, 2]);
    const direct = directRoomId(a.user, b.user);
    accepted(
      await a.do(direct, { kind: 'create', roomKind: 'direct', user: b.user, relate: { act: 'block' } }),
    );
    for (const device of [a, b, c]) await device.open();
    await change(floor, a, { name: 'blocker' });
    await change(floor, b, { name: 'blocked' });
    await pass(floor, 1_000);
    expect(told(a)).toEqual([[a.user, 'blocker']]);
    expect(told(b)).toEqual([[b.user, 'blocked']]);
    expect(told(c)).toHaveLength(2);
  });

  test('[PEOPLE2] is told once for what changes in quick succession, and in the end as it is', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    await account(floor, a);
    accepted(await a.do(directRoomId(a.user, b.user), { kind: 'create', roomKind: 'direct', user: b.user }));
    await b.open();
    for (let i = 0; i < 200; i++) {
      await change(floor, a, { name: `name ${i}` });
      await pass(floor, 50);
    }
    // Ten seconds of it.
    expect(told(b).length).toBeLessThanOrEqual(3);
    await pass(floor, 5_000);
    expect(told(b).length).toBeLessThanOrEqual(4);
    expect(told(b).at(-1)).toEqual([a.user, 'name 199']);
    b.got.clear();
    await pass(floor, 60_000);
    expect(told(b)).toEqual([]);
  });

  test('[PEOPLE2] goes to the members of rooms up to a size', async () => {
    for (const [members, hears] of [
      [limits.PROFILE_LIVE_MEMBERS_MAX, true],
      [limits.PROFILE_LIVE_MEMBERS_MAX + 1, false],
    ] as const) {
      const floor = createFloor();
      const [a, b] = [floor.device(0), floor.device(1)];
      await account(floor, a);
      await a.createGroup(Array.from({ length: members - 1 }, (_, i) => i + 1));
      await b.open();
      b.got.clear();
      await change(floor, a, { name: 'new' });
      await pass(floor, 1_000);
      expect([members, told(b).length > 0]).toEqual([members, hears]);
    }
  });
});
