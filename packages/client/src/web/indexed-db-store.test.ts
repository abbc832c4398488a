import 'fake-indexeddb/auto';
import { expect, test } from 'bun:test';
import { testClientStore } from '../testing/client-store.contract.ts';
import { cursorAt, message, ROOM } from '../testing/fixtures.ts';
import { testSharedStore } from '../testing/shared-store.contract.ts';
import { openIndexedDbStore } from './indexed-db-store.ts';
import { reasonOf } from './testing/reason-of.ts';

let names = 0;

testClientStore('indexeddb', () => {
  const name = `contract-${names++}`;
  return {
    open: () => openIndexedDbStore({ name }),
    // Another connection sees what was committed, and nothing that was not.
    reopen: () => openIndexedDbStore({ name }),
  };
});

testSharedStore('indexeddb', () => {
  const name = `shared-${names++}`;
  return () => openIndexedDbStore({ name });
});

test('[STORE1] of changes that fail nothing is stored', async () => {
  const store = await openIndexedDbStore({ name: 'failing' });
  const apply = store.apply([
    { kind: 'cursor', cursor: cursorAt(1) },
    { kind: 'events', room: ROOM, events: [message(1), { ...message(2), seq: Number.NaN as never }] },
    { kind: 'cursor', cursor: cursorAt(2) },
  ]);
  expect(await reasonOf(apply)).toBe('lost');
  expect((await store.load()).cursor).toBeUndefined();
  expect(await store.events(ROOM, 1, 9)).toEqual([]);
  await store.close();
});
