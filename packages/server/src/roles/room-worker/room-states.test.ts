import { expect, test } from 'bun:test';
import { group } from '../../core/room/testing/people.ts';
import { createFloor } from '../../main/testing/floor.ts';
import { RoomStates } from './room-states.ts';

async function states(max: number) {
  const floor = createFloor();
  for (let number = 0; number < 10; number++) await floor.device(0).createGroup([], 'all', number);
  return new RoomStates(floor.engine.rooms, max);
}

test('no more rooms are kept than the limit; the ones used last stay', async () => {
  const rooms = await states(3);
  const first = rooms.get(group(0));
  for (let number = 1; number < 10; number++) {
    rooms.get(group(number));
    expect(rooms.get(group(0))).toBe(first);
    expect(rooms.size).toBeLessThanOrEqual(4);
  }
});

test('a room with commands in flight is never dropped', async () => {
  const rooms = await states(1);
  const busy = rooms.get(group(0));
  busy.inFlight = 1;
  for (let round = 0; round < 3; round++)
    for (let number = 1; number < 10; number++) rooms.get(group(number));
  expect(rooms.get(group(0))).toBe(busy);
});

test('a room is read once, however many wait for it; one that does not exist is forgotten', async () => {
  const rooms = await states(3);
  const live = rooms.get(group(4));
  await Promise.all([rooms.load(live), rooms.load(live)]);
  expect(live.committed).toMatchObject({ room: group(4), seq: 1 });
  expect(live.tentative).toBe(live.committed);
  const missing = rooms.get(group(99));
  await rooms.load(missing);
  rooms.drop(missing);
  rooms.drop(live);
  expect(rooms.get(group(99))).not.toBe(missing);
  expect(rooms.get(group(4))).toBe(live);
});
