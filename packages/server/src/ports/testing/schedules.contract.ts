import { describe, expect, test } from 'bun:test';
import { idFromBytes, idToBytes, type RoomId, type ScheduledId, type UserId } from '@maru/protocol';
import type { NewScheduled } from '../schedules.ts';
import { type EngineHarness, openWorld } from './harness.ts';

const FREE = { count: 100, chars: 1_000_000 };
/** Long before all that other tests schedule. */
let day = 0;

/** Contract of `Schedules`. */
export function testSchedules(harness: EngineHarness): void {
  describe(`Schedules (${harness.name})`, () => {
    const world = openWorld(harness);

    function author() {
      const { script } = world();
      const { user } = script.person();
      const room = idFromBytes<RoomId>('room', idToBytes(script.person().user));
      const item = (at: number, message = '{"content":"…"}'): NewScheduled => {
        const scheduled = idFromBytes<ScheduledId>('scheduled', idToBytes(script.person().user));
        return { scheduled, user, room, at, message };
      };
      return { user, item };
    }
    const waiting = (item: NewScheduled) =>
      ({ ...item, state: 'waiting', error: undefined, attempt: 1 }) as const;

    test('[LATER1] what is added is listed by its time, is there after a restart, and is added once', async () => {
      const { schedules, reopen } = world();
      const { user, item } = author();
      const [late, early] = [item(2e12), item(1e12)];
      expect(await schedules.list(user)).toEqual([]);
      expect(await schedules.revision(user)).toBeUndefined();
      expect(await schedules.add(late, FREE)).toBe('added');
      const first = await schedules.revision(user);
      expect(await schedules.add(early, FREE)).toBe('added');
      expect(await schedules.add({ ...early, message: '"other"' }, FREE)).toBe('known');
      expect(await schedules.list(user)).toEqual([waiting(early), waiting(late)]);
      const revision = await schedules.revision(user);
      expect(revision).toBeGreaterThan(first ?? Number.NaN);
      await reopen();
      expect(await world().schedules.list(user)).toEqual([waiting(early), waiting(late)]);
      expect(await world().schedules.revisions()).toContainEqual({ user, revision: revision ?? 0 });
      for (const { scheduled } of [late, early]) await world().schedules.remove(user, scheduled);
    });

    test('[LATER1] no more is added than a user may have', async () => {
      const { schedules } = world();
      const { user, item } = author();
      const limits = { count: 2, chars: 10 };
      const [first, second] = [item(1e12, '12345'), item(1e12, '1234')];
      expect(await schedules.add(first, limits)).toBe('added');
      expect(await schedules.add(item(1e12, '123456'), limits)).toBe('full');
      expect(await schedules.add(second, limits)).toBe('added');
      expect(await schedules.add(item(1e12, '1'), limits)).toBe('full');
      expect(await schedules.change(user, second.scheduled, { message: '123456' }, limits)).toBe('full');
      expect(await schedules.change(user, second.scheduled, { message: '12345' }, limits)).toBe('changed');
      expect(await schedules.remove(user, first.scheduled)).toBe('removed');
      expect(await schedules.add(item(1e12, '12345'), limits)).toBe('added');
      for (const { scheduled } of await schedules.list(user)) await schedules.remove(user, scheduled);
    });

    test('[LATER2] what waits is changed and removed by its user, and by nobody else; then it is not made again', async () => {
      const { schedules } = world();
      const { user, item } = author();
      const other = author().user as UserId;
      const one = item(1e12);
      await schedules.add(one, FREE);
      expect(await schedules.change(other, one.scheduled, { at: 5 }, FREE)).toBe('unknown');
      expect(await schedules.remove(other, one.scheduled)).toBe('unknown');
      expect(await schedules.change(user, one.scheduled, { at: 3e12 }, FREE)).toBe('changed');
      expect(await schedules.change(user, one.scheduled, { message: '"new"' }, FREE)).toBe('changed');
      expect(await schedules.list(user)).toEqual([{ ...waiting(one), at: 3e12, message: '"new"' }]);
      expect(await schedules.remove(user, one.scheduled)).toBe('removed');
      expect(await schedules.remove(user, one.scheduled)).toBe('removed');
      expect(await schedules.list(user)).toEqual([]);
      expect(await schedules.revision(user)).toBeUndefined();
      expect(await schedules.add(one, FREE)).toBe('known');
      expect(await schedules.change(user, one.scheduled, { at: 5 }, FREE)).toBe('unknown');
      expect(await schedules.remove(user, item(5).scheduled)).toBe('unknown');
    });

    test('[LATER3] what is due is claimed once, the earliest first, and found again after a death', async () => {
      const { schedules, reopen } = world();
      const { user, item } = author();
      const base = ++day * 1_000;
      const items = [item(base + 3), item(base + 1), item(base + 2), item(base + 900)];
      for (const one of items) await schedules.add(one, FREE);
      const [third, first, second, later] = items as [NewScheduled, NewScheduled, NewScheduled, NewScheduled];
      expect(await schedules.next()).toBe(base + 1);
      expect(await schedules.claim(base, 10)).toEqual([]);
      const claimed = await schedules.claim(base + 500, 2);
      expect(claimed).toEqual([first, second].map((one) => ({ ...waiting(one), state: 'firing' })));
      expect(await schedules.claim(base + 500, 2)).toEqual([{ ...waiting(third), state: 'firing' }]);
      expect(await schedules.claim(base + 500, 2)).toEqual([]);
      expect(await schedules.next()).toBe(base + 900);
      await reopen();
      const again = world().schedules;
      expect((await again.firing()).map(({ scheduled }) => scheduled)).toEqual(
        [first, second, third].map(({ scheduled }) => scheduled),
      );
      expect(await again.change(user, first.scheduled, { at: 5 }, FREE)).toBe('sent');
      expect(await again.remove(user, first.scheduled)).toBe('sent');
      await again.settle([first, second, third].map(({ scheduled }) => ({ scheduled })));
      expect(await again.firing()).toEqual([]);
      expect(await again.list(user)).toEqual([waiting(later)]);
      expect(await again.remove(user, first.scheduled)).toBe('sent');
      expect(await again.add(first, FREE)).toBe('known');
      await again.remove(user, later.scheduled);
    });

    test('[LATER4] what failed is kept with its reason, and is tried again under another name when it is changed', async () => {
      const { schedules } = world();
      const { user, item } = author();
      const base = ++day * 1_000;
      const one = item(base);
      await schedules.add(one, FREE);
      await schedules.claim(base, 10);
      await schedules.settle([{ scheduled: one.scheduled, error: 'not-found' }]);
      expect(await schedules.list(user)).toEqual([{ ...waiting(one), state: 'failed', error: 'not-found' }]);
      expect(await schedules.next()).not.toBe(base);
      // What was not claimed is not settled.
      await schedules.settle([{ scheduled: one.scheduled }]);
      expect(await schedules.change(user, one.scheduled, {}, FREE)).toBe('changed');
      expect(await schedules.list(user)).toEqual([{ ...waiting(one), attempt: 2 }]);
      expect(await schedules.remove(user, one.scheduled)).toBe('removed');
    });

    test('a deleted account leaves none', async () => {
      const { schedules, directory } = world();
      const { user, item } = author();
      await directory.createPlaceholders([{ user, handle: `h${user.slice(-20)}`, name: '', at: 1 }]);
      await schedules.add(item(1e12), FREE);
      await directory.deleteUser(user, 1);
      expect(await schedules.list(user)).toEqual([]);
      expect(await schedules.revision(user)).toBeUndefined();
    });
  });
}
