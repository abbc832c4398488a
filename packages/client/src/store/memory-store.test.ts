import { expect, test } from 'bun:test';
import { testClientStore } from '../testing/client-store.contract.ts';
import { cursorAt } from '../testing/fixtures.ts';
import { MemoryStore } from './memory-store.ts';

testClientStore('memory', () => ({
  open: async () => new MemoryStore(),
  reopen: async (store) => (store as MemoryStore).crash(),
}));

test('a crash forgets what was not synced, and nothing else', async () => {
  const syncs: (() => void)[] = [];
  const store = new MemoryStore({ sync: () => new Promise((resolve) => syncs.push(resolve)) });
  const stored: string[] = [];
  const first = store.apply([{ kind: 'cursor', cursor: cursorAt(1) }]).then(() => stored.push('first'));
  await Promise.resolve();
  syncs.shift()?.();
  await first;
  void store.apply([{ kind: 'cursor', cursor: cursorAt(2) }]).then(() => stored.push('second'));
  await Promise.resolve();
  const survivor = store.crash();
  for (const sync of syncs) sync();
  expect((await survivor.load()).cursor).toBe(cursorAt(1));
  expect(stored).toEqual(['first']);
});
