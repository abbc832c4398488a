import { describe, expect, test } from 'bun:test';
import {
  type Cursor,
  limits,
  newRoomId,
  QUICK_REPLIES_NAME,
  type RoomId,
  roomSettingName,
  type Seq,
  type SettingName,
} from '@maru/protocol';
import { accepted, createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';
import { Script } from '../../ports/testing/script.ts';

const set = ({ inboxes }: Floor, { user, device }: TestDevice, name: SettingName, value: string | null) =>
  inboxes.set(user, device, name, value);
const pinned = (order: number) => `{"pinned":${order}}`;

async function synced({ inboxes }: Floor, { user }: TestDevice, cursor?: Cursor) {
  const { settings, ...answer } = await inboxes.sync(user, cursor, 0);
  return { ...answer, settings: settings.map(({ name, value }) => ({ name, value })) };
}

describe('settings', () => {
  test('[OWN1][OWN3] what one device sets, the others are told live, and the device itself is not', async () => {
    const floor = createFloor();
    const [phone, laptop, other] = [floor.device(0), floor.device(0, 1), floor.device(1)];
    const room = await phone.createGroup([1]);
    for (const device of [phone, laptop, other]) await device.open();
    const name = roomSettingName('room', room);
    expect(await set(floor, phone, name, pinned(1))).toBeUndefined();
    expect(laptop.got.of('settings')).toEqual([
      { kind: 'settings', settings: [{ name, value: { pinned: 1 } }] },
    ]);
    expect(phone.got.of('settings')).toEqual([]);
    expect(other.got.of('settings')).toEqual([]);
    expect(await floor.inboxes.settings(phone.user)).toMatchObject([{ name, value: pinned(1) }]);
    expect(await floor.inboxes.settings(other.user)).toEqual([]);
    await set(floor, laptop, name, null);
    expect(phone.got.of('settings')).toEqual([{ kind: 'settings', settings: [{ name, value: null }] }]);
    expect(await floor.inboxes.settings(phone.user)).toEqual([]);
  });

  test('[OWN2] a sync brings what changed since the cursor, and a snapshot all that there is', async () => {
    const floor = createFloor();
    const device = floor.device(0);
    const rooms = [await device.createGroup([1], 'all', 0), await device.createGroup([1], 'all', 1)];
    const [one, two] = rooms.map((room) => roomSettingName('room', room)) as [SettingName, SettingName];
    await set(floor, device, one, pinned(1));
    await set(floor, device, two, pinned(2));
    const { cursor, settings } = await synced(floor, device);
    expect(settings).toEqual([
      { name: one, value: pinned(1) },
      { name: two, value: pinned(2) },
    ]);
    expect((await synced(floor, device, cursor)).settings).toEqual([]);
    await set(floor, device, one, null);
    await set(floor, device, two, pinned(3));
    const changes = await synced(floor, device, cursor);
    expect(changes.rooms).toEqual([]);
    expect(changes.settings).toEqual([
      { name: one, value: null },
      { name: two, value: pinned(3) },
    ]);
    expect((await synced(floor, device)).settings).toEqual([{ name: two, value: pinned(3) }]);
  });

  test('[OWN3] a beat tells a device to sync for what another has set, and not for its own', async () => {
    const floor = createFloor();
    const [phone, laptop] = [floor.device(0), floor.device(0, 1)];
    const room = await phone.createGroup([1]);
    await phone.open();
    const { cursor } = await laptop.open();
    const beat = (device: TestDevice, at: Cursor) => floor.inboxes.beat(device.info, 'active', at);
    const name = roomSettingName('room', room);
    await set(floor, phone, name, pinned(1));
    expect(beat(phone, cursor)).toMatchObject({ changed: [], sync: false });
    expect(beat(laptop, cursor)).toMatchObject({ sync: true });
    const later = (await synced(floor, laptop, cursor)).cursor;
    expect(beat(laptop, later)).toMatchObject({ cursor: later, sync: false });
    // Who wrote first and last still hears of what the other wrote between.
    await set(floor, phone, name, pinned(2));
    await set(floor, laptop, QUICK_REPLIES_NAME, '[{"shortcut":"a","text":"b"}]');
    await set(floor, phone, name, pinned(3));
    expect(beat(phone, later)).toMatchObject({ sync: true });
    expect(beat(laptop, later)).toMatchObject({ sync: true });
    const fresh = createFloor({ engine: floor.engine.reopen() });
    const again = fresh.device(0);
    await again.open();
    expect(fresh.inboxes.beat(again.info, 'active', later)).toMatchObject({ sync: true });
  });

  test('[OWN2] what is set while a user is being read is not missed', async () => {
    const floor = createFloor();
    const device = floor.device(0);
    const room = await device.createGroup([1]);
    const name = roomSettingName('room', room);
    const [, { cursor }] = await Promise.all([set(floor, device, name, pinned(1)), device.open()]);
    const { settings } = await synced(floor, device);
    expect(settings).toEqual([{ name, value: pinned(1) }]);
    expect((await synced(floor, device)).cursor).toBe(
      floor.inboxes.beat(device.info, 'active', cursor).cursor,
    );
  });

  test('[OWN4] nothing is kept about rooms that the user is not in, and what was kept may go', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const name = roomSettingName('room', room);
    const code = async (device: TestDevice, of: RoomId, value: string | null) =>
      (await set(floor, device, roomSettingName('room', of), value))?.code;
    expect(await code(b, room, pinned(1))).toBeUndefined();
    expect(await code(b, newRoomId(), pinned(1))).toBe('not-found');
    expect(await code(b, newRoomId(), null)).toBe('not-found');
    accepted(await b.do(room, { kind: 'leave' }));
    expect(await code(b, room, pinned(2))).toBe('not-found');
    expect(await set(floor, b, name, null)).toBeUndefined();
    expect(await code(b, room, null)).toBe('not-found');
  });

  test('[OWN8] a setting, their number and their bytes have limits', async () => {
    const floor = createFloor();
    const device = floor.device(0);
    const room = await device.createGroup([1]);
    const draft = (length: number) => JSON.stringify({ text: 'x'.repeat(length - '{"text":""}'.length) });
    const name = roomSettingName('draft', room);
    expect(await set(floor, device, name, draft(limits.SETTING_BYTES_MAX))).toBeUndefined();
    expect(await set(floor, device, name, draft(limits.SETTING_BYTES_MAX + 1))).toMatchObject({
      code: 'content-too-large',
      limit: { name: 'SETTING_BYTES_MAX', value: limits.SETTING_BYTES_MAX },
      given: limits.SETTING_BYTES_MAX + 1,
    });
    let left = limits.SETTINGS_BYTES_MAX - limits.SETTING_BYTES_MAX;
    for (let number = 1; left > 0; number++) {
      const next = roomSettingName('draft', await device.createGroup([1], 'all', number));
      const bytes = Math.min(left, limits.SETTING_BYTES_MAX);
      expect(await set(floor, device, next, draft(bytes))).toBeUndefined();
      left -= bytes;
    }
    // Full to the byte: what is there may change, and nothing more comes in.
    expect(await set(floor, device, name, draft(limits.SETTING_BYTES_MAX))).toBeUndefined();
    expect(await set(floor, device, QUICK_REPLIES_NAME, '[]')).toMatchObject({
      code: 'content-too-large',
      limit: { name: 'SETTINGS_BYTES_MAX' },
    });
    expect(await set(floor, device, name, '{"text":"안"}')).toBeUndefined();
    expect(await set(floor, device, QUICK_REPLIES_NAME, '[]')).toBeUndefined();
  });
});

test('[OWN8] there are so many settings and not one more', async () => {
  const floor = createFloor();
  const device = floor.device(0);
  const [one, two] = [await device.createGroup([1], 'all', 0), await device.createGroup([1], 'all', 1)];
  const script = new Script(floor.engine.log.head);
  const many = Array.from({ length: limits.SETTINGS_MAX - 1 }, () =>
    script.set(device, roomSettingName('room', newRoomId()), pinned(1)),
  );
  await floor.engine.log.append(many);
  const [first, second] = [roomSettingName('room', one), roomSettingName('room', two)];
  expect(await set(floor, device, first, pinned(1))).toBeUndefined();
  expect(await set(floor, device, second, pinned(1))).toMatchObject({
    code: 'too-many',
    limit: { name: 'SETTINGS_MAX', value: limits.SETTINGS_MAX },
  });
  expect(await set(floor, device, first, pinned(2))).toBeUndefined();
  expect(await set(floor, device, first, null)).toBeUndefined();
  expect(await set(floor, device, second, pinned(1))).toBeUndefined();
});

describe('hidden messages', () => {
  test('[OWN7] what the user hid does not count as unread, on any of their devices', async () => {
    const floor = createFloor();
    const [a, b, other] = [floor.device(0), floor.device(1), floor.device(2)];
    const room = await a.createGroup([1, 2]);
    const name = roomSettingName('hidden', room);
    await b.open();
    const sent: Seq[] = [];
    for (let i = 0; i < 4; i++) sent.push(await a.send(room));
    sent.push(await b.send(room));
    const [first, second, third] = sent as [Seq, Seq, Seq];
    const unread = async (device: TestDevice) =>
      (await floor.inboxes.entry(device.user, room))?.entry.unreadCount;
    expect(await unread(b)).toBe(4);
    await set(floor, b, name, JSON.stringify([[second, third]]));
    expect(await unread(b)).toBe(2);
    expect(await unread(other)).toBe(5);
    // Own ones and deleted ones are left out once.
    accepted(await a.do(room, { kind: 'delete', refersTo: second }));
    expect(await unread(b)).toBe(2);
    await set(floor, b, name, JSON.stringify([[second, 1_000]]));
    expect(await unread(b)).toBe(1);
    await floor.inboxes.mark(b.user, b.device, room, { read: first });
    expect(await unread(b)).toBe(0);
    expect(await unread(other)).toBe(4);
    await a.send(room);
    const restarted = createFloor({ engine: floor.engine.reopen() });
    expect((await restarted.inboxes.entry(b.user, room))?.entry.unreadCount).toBe(0);
    expect((await restarted.inboxes.entry(other.user, room))?.entry.unreadCount).toBe(5);
  });
});
