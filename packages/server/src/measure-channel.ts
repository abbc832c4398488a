import { newDeviceId, newUserId, clientMessageIdFromBytes, newRoomId, type UserId } from '@maru/protocol';
import { evolve } from './core/room/evolve.ts';
import { createFloor, TestDevice } from './main/testing/floor.ts';
import { openForTest } from './engines/sqlite/testing/open-for-test.ts';
import { mkdtempSync } from 'node:fs';
const N = Number(process.argv[2] ?? 20000);
const heap = () => { Bun.gc(true); return process.memoryUsage().heapUsed; };
for (const name of (process.argv[3] ?? 'memory,sqlite').split(',')) {
  const engine = name === 'sqlite' ? await openForTest(mkdtempSync('/tmp/h/ch-')) : undefined;
  const floor = createFloor(engine === undefined ? {} : { engine: engine as never });
  const owner = new TestDevice(floor as never, newUserId(), newDeviceId());
  const room = await owner.createChannel();
  const before = heap();
  const marks = [1000, 10000, 50000, N];
  let done = 0; let t = performance.now(); let last = 0;
  while (done < N) {
    const batch = Array.from({ length: Math.min(200, N - done) }, () => new TestDevice(floor as never, newUserId(), newDeviceId()).do(room, { kind: 'join' }));
    await Promise.all(batch);
    done += batch.length;
    if (done % 10000 === 0 || done === 1000) { const now = performance.now(); console.log(name, done, ((now - t) / (done - last) * 1000).toFixed(1), 'us a join'); t = performance.now(); last = done; }
  }
  console.log(name, 'heap', ((heap() - before) / 1e6).toFixed(1), 'MB');
  t = performance.now(); const state = await floor.engine.rooms.state(room); console.log('state read ms', (performance.now() - t).toFixed(2), state?.memberCount, state?.members.size);
  t = performance.now(); const inboxes = await floor.engine.inboxes.members(room); console.log('members read ms', (performance.now() - t).toFixed(0), inboxes.length);
  t = performance.now(); await owner.send(room); console.log('post ms', (performance.now() - t).toFixed(2));
  t = performance.now(); await floor.engine.inboxes.watermarks(room); console.log('watermarks ms', (performance.now() - t).toFixed(0));
}
// what a map in the state costs
{
  const ids = Array.from({ length: N }, () => newUserId());
  const b = heap();
  let map = new Map<UserId, { joined: number; visibleFrom: number }>(ids.map((id) => [(`${id}`).slice(0) as UserId, { joined: 1, visibleFrom: 1 }]));
  console.log('map heap MB', ((heap() - b) / 1e6).toFixed(1));
  const t = performance.now();
  for (let i = 0; i < 50; i++) { map = new Map(map); map.set(newUserId(), { joined: 2, visibleFrom: 1 }); }
  console.log('map copy us a join', ((performance.now() - t) / 50 * 1000).toFixed(0));
}
