import { expect, test } from 'bun:test';
import { at, cursorAt, entry, events, ME, MY_DEVICE, message, ROOM } from '../testing/fixtures.ts';
import { goOnline, reconnect } from '../testing/online-client.ts';
import { TabWorld } from '../testing/tab-world.ts';
import { settle } from '../testing/virtual-clock.ts';

test('[TABS1] a tab that is online has what was synced, when it is opened at once and when it was there before', async () => {
  const world = new TabWorld();
  await world.open();
  await goOnline(world);
  const second = await world.open();
  expect(second.client.connection.state).toBe('online');
  await second.client.open(ROOM);
  await world.server.connection.close(1006);
  const seen = new Set<string>();
  second.client.subscribe(() => {
    seen.add(`${second.client.connection.state} ${second.client.room(ROOM)?.messages.length}`);
  });
  await reconnect(world);
  await goOnline(world, [entry([message(4)])], cursorAt(2));
  expect(seen).toContain('online 4');
  expect(seen).not.toContain('online 3');
});

test('[TABS1][TABS3] a tab whose store is slow is online in no other one, and is not taken over from', async () => {
  const world = new TabWorld();
  const stored = Promise.withResolvers<void>();
  let isSlow = false;
  await world.open(true, async () => (isSlow ? stored.promise : undefined));
  await goOnline(world);
  isSlow = true;
  const second = await world.open(false);
  void second.client.look([ROOM]).catch(() => undefined);
  await world.server.clock.advance(6_000);
  expect(second.client.connection.state).toBe('syncing');
  expect(world.server.connections).toHaveLength(1);
  stored.resolve();
  await settle();
  expect(second.client.connection.state).toBe('online');
  await second.client.open(ROOM);
});

test('[TABS2] what became of a command under another id any tab can tell that was awake, when the one that sent it is gone', async () => {
  const world = new TabWorld();
  const first = await world.open();
  const second = await world.open();
  await goOnline(world);
  const { clock } = world.server;
  await clock.advance(300);
  const sending = await first.client.commands.send(ROOM, 'one');
  const outcome = sending.outcome();
  first.sleep();
  second.client.setPresence('active');
  await clock.advance(6_000);
  await goOnline(world);
  const third = await world.open();
  const { connection } = world.server;
  const { clientMessageId: was } = connection.last('send');
  const tooOld = { code: 'id-too-old', message: 'no', retryable: false } as const;
  await connection.push({ kind: 'refused', room: ROOM, clientMessageId: was, ...tooOld });
  await clock.advance(300);
  const { clientMessageId: is } = connection.last('send');
  expect([was === sending.clientMessageId, is === was]).toEqual([true, false]);
  const said = { clientMessageId: is, sender: ME, device: MY_DEVICE };
  await connection.push(events([message(4, said)]));
  await clock.advance(300);
  expect(world.disk.disk.state().outbox).toEqual([]);

  await second.kill();
  await goOnline(world, [], cursorAt(1));
  expect(third.client.connection.state).toBe('online');
  await first.wake();
  await clock.advance(300);
  const { id, clientMessageId } = world.server.connection.last('status');
  expect(clientMessageId).toBe(is);
  const answer = { status: 'accepted', room: ROOM, seq: at(4) } as const;
  await world.server.connection.push({ kind: 'status', id, answer });
  expect(await outcome).toEqual({ kind: 'accepted', seq: at(4) });
});
