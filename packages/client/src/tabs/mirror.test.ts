import { expect, test } from 'bun:test';
import { events, ME, message, OTHER, ROOM } from '../testing/fixtures.ts';
import { goOnline } from '../testing/online-client.ts';
import { TabWorld } from '../testing/tab-world.ts';
import { settle } from '../testing/virtual-clock.ts';

test('[SOFT5] who went out of a group is gone from those who are there in all tabs', async () => {
  const world = new TabWorld();
  await world.open();
  const second = await world.open();
  await goOnline(world);
  await world.server.clock.advance(300);
  const { connection } = world.server;
  void second.client.look([ROOM]);
  await settle();
  const users = [ME, OTHER].map((user) => ({ user, state: 'active' as const }));
  const rooms = [{ room: ROOM, present: 2, users, live: true }];
  await connection.push({ kind: 'seen', id: connection.last('look').id, rooms });
  const left = { kind: 'left', change: { type: 'left' }, counts: false } as const;
  await connection.push(events([message(4, left)]));
  await world.server.clock.advance(300);
  expect(second.client.room(ROOM)?.presence).toMatchObject({ present: 1, users: [{ user: ME }] });
});
