import { expect, test } from 'bun:test';
import { directRoomId, type Seq, scheduledIdOf } from '@maru/protocol';

import { codeOf, floorWithScheduler, pass } from '../../main/testing/floor-with-scheduler.ts';

test('[LATER4] the rules of that moment decide: what is refused is kept with its reason, and may be tried again', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.createGroup([1]);
  const id = b.mint(room);
  await floor.schedule(b, room, floor.clock.now() + 1_000, 'too late', id);
  await a.do(room, { kind: 'remove', user: b.user });
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
  const failed = async () => (await floor.later.list(b.user)).items;
  expect(await failed()).toMatchObject([
    { state: 'failed', error: 'not-found', content: { text: 'too late' } },
  ]);
  await a.do(room, { kind: 'add', users: [b.user] });
  const scheduled = scheduledIdOf(b.device, room, id);
  expect(await floor.later.change({ ...b, administrator: false }, scheduled, {})).toBeUndefined();
  await pass(floor, 200);
  expect(await floor.texts(room)).toEqual(['too late']);
  expect(await failed()).toEqual([]);
});

test('[LATER4][GROUP5] a group in slow mode holds up nobody else, and who came too soon finds it there', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const slow = await a.createGroup([1]);
  const other = await a.createGroup([1], 'all', 2);
  await a.do(slow, { kind: 'set-slow-mode', seconds: 3_600 });
  await b.send(slow, 'first');
  const at = floor.clock.now() + 1_000;
  await floor.schedule(b, slow, at, 'too soon');
  await floor.schedule(b, other, at + 500, 'elsewhere');
  await pass(floor, 3_000);
  expect(await floor.texts(slow)).toEqual(['first']);
  expect(await floor.texts(other)).toEqual(['elsewhere']);
  expect((await floor.later.list(b.user)).items).toMatchObject([{ state: 'failed', error: 'rate-limited' }]);
});

test('[LATER4][TALK7] an answer answers what was there when it was scheduled, or is scheduled not at all', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  await a.send(room, 'hungry?');
  const at = floor.clock.now() + 1_000;
  const answer = (replyTo: number) =>
    floor.schedule(a, room, at, 'yes', undefined, { replyTo: replyTo as Seq });
  expect(codeOf(await answer(3))).toBe('not-found');
  expect(codeOf(await answer(2))).toBe('accepted');
  expect((await floor.later.list(a.user)).items).toMatchObject([{ replyTo: 2, content: { text: 'yes' } }]);
  await pass(floor, 2_000);
  expect((await floor.engine.rooms.events(room, 3, 9)).map(({ replyTo }) => replyTo)).toEqual([2 as Seq]);
});

test('[LATER4][GROUP3] who may not write in a group schedules nothing there', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.createGroup([1]);
  await a.do(room, { kind: 'set-rights', rights: { send: 'administrators' } });
  const at = floor.clock.now() + 1_000;
  expect(codeOf(await floor.schedule(b, room, at))).toBe('forbidden');
  expect(codeOf(await floor.schedule(a, room, at))).toBe('accepted');
});

test('[LATER4] who is suspended sends nothing, and finds it when that is over', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a] = floor.people;
  const room = await a.createGroup([]);
  await floor.schedule(a, room, floor.clock.now() + 1_000);
  await floor.engine.directory.suspendUser(a.user, 1);
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
  expect((await floor.later.list(a.user)).items).toMatchObject([
    { state: 'failed', error: 'account-suspended' },
  ]);
});

test('[LATER4][REL7] across a block nothing is sent that was scheduled before, and nothing scheduled', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.befriend(b);
  const at = floor.clock.now() + 1_000;
  for (const each of [a, b]) expect(codeOf(await floor.schedule(each, room, at))).toBe('accepted');
  await b.do(room, { kind: 'relate', act: 'block' });
  for (const each of [a, b])
    expect(codeOf(await floor.schedule(each, room, at))).toBe('recipient-unavailable');
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
  for (const { user } of [a, b])
    expect((await floor.later.list(user)).items).toMatchObject([
      { state: 'failed', error: 'recipient-unavailable' },
    ]);
});

test('[LATER4][PEOPLE8] to who lets only contacts write, a stranger schedules nothing, and what was waits for an answer', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = directRoomId(a.user, b.user);
  await a.do(room, { kind: 'create', roomKind: 'direct', user: b.user });
  const id = a.mint(room);
  const at = floor.clock.now() + 1_000;
  expect(codeOf(await floor.schedule(a, room, at, 'hello', id))).toBe('accepted');
  await floor.engine.directory.updateUser(b.user, { whoMayWrite: 'contacts' }, floor.clock.now());
  floor.inboxes.settingsChanged(b.user, b.device);
  expect(codeOf(await floor.schedule(a, room, at))).toBe('contacts-only');
  await pass(floor, 2_000);
  expect(await floor.texts(room)).toEqual([]);
  expect((await floor.later.list(a.user)).items).toMatchObject([{ state: 'failed', error: 'contacts-only' }]);
  await b.send(room, 'who is it?');
  const scheduled = scheduledIdOf(a.device, room, id);
  expect(await floor.later.change({ ...a, administrator: false }, scheduled, {})).toBeUndefined();
  await pass(floor, 200);
  expect(await floor.texts(room)).toEqual(['who is it?', 'hello']);
});

test('[LATER4] who is no member any more can still cancel', async () => {
  const floor = await floorWithScheduler();
  await using _later = floor.later;
  const [a, b] = floor.people;
  const room = await a.createGroup([1]);
  const id = b.mint(room);
  await floor.schedule(b, room, floor.clock.now() + 1_000, 'x', id);
  await b.do(room, { kind: 'leave' });
  const scheduled = scheduledIdOf(b.device, room, id);
  const cancel = { kind: 'unschedule', room, clientMessageId: b.mint(room), scheduled } as const;
  expect(codeOf(await floor.later.take({ ...b, administrator: false }, cancel))).toBe('accepted');
  expect((await floor.later.list(b.user)).items).toEqual([]);
});
