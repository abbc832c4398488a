import { expect, test } from 'bun:test';
import type { Position } from '../../ports/position.ts';
import { Script } from '../../ports/testing/script.ts';
import { SoftMarks } from './soft-marks.ts';

const script = new Script(0 as Position);
const [ana, ben] = script.people();
const { room } = script.group(ana, [ben]);

test('[SOFT2] ten thousand delivered marks of a user in a room become one row', () => {
  const soft = new SoftMarks();
  for (let seq = 1; seq <= 10_000; seq++) soft.saveDelivered(ana.user, room, seq);
  soft.saveDelivered(ana.user, room, 3);
  soft.saveDelivered(ben.user, room, 4);
  soft.saveLastActive(ana.user, 1);
  soft.saveLastActive(ana.user, 2);
  expect(soft.take()).toEqual({
    delivered: [
      [ana.user, room, 10_000],
      [ben.user, room, 4],
    ],
    lastActive: [[ana.user, 2]],
  });
});

test('what is on its way is seen until it is written; newer marks count beside it', () => {
  const soft = new SoftMarks();
  soft.saveDelivered(ana.user, room, 5);
  soft.saveLastActive(ana.user, 1);
  soft.take();
  expect(soft.delivered(ana.user, room)).toBe(5);
  soft.saveDelivered(ana.user, room, 4);
  soft.saveLastActive(ana.user, 2);
  expect(soft.delivered(ana.user, room)).toBe(5);
  expect(soft.lastActive(ana.user)).toBe(2);
  soft.putBack();
  expect(soft.take()).toEqual({ delivered: [[ana.user, room, 5]], lastActive: [[ana.user, 2]] });
  soft.written();
  expect(soft.delivered(ana.user, room)).toBe(0);
  expect(soft.lastActive(ana.user)).toBeUndefined();
});

test('[SOFT1] more than may wait is left out', () => {
  const soft = new SoftMarks();
  const users = Array.from({ length: 1_000 }, () => script.person().user);
  const rooms = Array.from({ length: 201 }, () => script.group(ana).room);
  for (const one of rooms) for (const user of users) soft.saveDelivered(user, one, 1);
  expect(soft.size).toBe(200_000);
});
