import { expect, test } from 'bun:test';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { Script } from '../../ports/testing/script.ts';
import { createMemoryEngine } from './memory-engine.ts';

/** An engine whose writes wait until `sync` is called, or fail as told. */
function waitingEngine() {
  const waiting: PromiseWithResolvers<void>[] = [];
  const engine = createMemoryEngine({
    sync: () => {
      const write = Promise.withResolvers<void>();
      waiting.push(write);
      return write.promise;
    },
  });
  const script = new Script(0 as Position);
  const ana = script.person();
  const created = script.group(ana);
  return { engine, waiting, script, ana, created };
}

test('[DUR2] nothing is seen before it is synced', async () => {
  const { engine, waiting, created } = waitingEngine();
  const append = engine.log.append([created]);
  expect(engine.log.head).toBe(0 as Position);
  expect(await engine.rooms.state(created.room)).toBeUndefined();
  waiting[0]?.resolve();
  await append;
  expect(engine.log.head).toBe(1 as Position);
  expect(await engine.rooms.state(created.room)).toBeDefined();
});

test('[DUR1] a crash forgets what was not synced, and what is soft', async () => {
  const { engine, waiting, script, ana, created } = waitingEngine();
  const first = engine.log.append([created]);
  waiting[0]?.resolve();
  await first;
  engine.inboxes.saveLastActive([{ user: ana.user, at: 1 }]);
  const lost = engine.log.append([script.send(created.room, ana)]);
  const after = engine.crash();
  waiting[1]?.resolve();
  expect(after.log.head).toBe(1 as Position);
  expect(await after.inboxes.lastActive([ana.user])).toEqual([]);
  expect(await Promise.race([lost, Promise.resolve('never answered')])).toBe('never answered');
});

test('a crash may find writes on the disk that nobody was told of', async () => {
  const { engine, script, ana, created } = waitingEngine();
  void engine.log.append([created, script.send(created.room, ana)]);
  void engine.directory.createInvite('hash', undefined, 9, false);
  const after = engine.crash(1);
  expect(after.log.head).toBe(2 as Position);
  expect(await after.directory.invite('hash', 0)).toBeUndefined();
});

test('[DUR3] a write that was turned down leaves nothing, and the next goes through', async () => {
  const { engine, waiting, created } = waitingEngine();
  const refused = engine.log.append([created]);
  waiting[0]?.reject(new StorageUnavailable('full'));
  await expect(refused).rejects.toThrow(StorageUnavailable);
  const again = engine.log.append([created]);
  waiting[1]?.resolve();
  await again;
  expect(engine.log.head).toBe(1 as Position);
});

test('[DUR4] after a broken sync every write fails, and the next start shows what was stored', async () => {
  for (const written of [0, 1]) {
    const { engine, waiting, created } = waitingEngine();
    const broken = engine.log.append([created]);
    waiting[0]?.reject(new StorageBroken('fsync'));
    await expect(broken).rejects.toThrow(StorageBroken);
    const later = engine.directory.createInvite('hash', undefined, 9, false);
    await expect(later).rejects.toThrow(StorageBroken);
    expect(engine.crash(written).log.head).toBe(written as Position);
  }
});
