import { expect, test } from 'bun:test';
import { openIndexedDbStore } from './indexed-db-store.ts';
import 'fake-indexeddb/auto';
import { newDeviceId, newUserId, systemUuids } from '@maru/protocol';
import { draftsOf } from '../tabs/draft-log.ts';
import { eraseStore } from './erase-store.ts';
import { keepNote, keptNotes } from './notes.ts';

test('a store that is erased knows nobody, and tabs that had it open are told', async () => {
  const identity = { user: newUserId(systemUuids), device: newDeviceId(systemUuids), token: undefined };
  const failures: string[] = [];
  const store = await openIndexedDbStore({
    name: 'erased',
    onFailed: ({ reason }) => failures.push(reason),
  });
  await store.apply([{ kind: 'identity', identity }]);
  await eraseStore('erased');
  expect(failures).toHaveLength(1);

  const again = await openIndexedDbStore({ name: 'erased' });
  expect((await again.load()).identity).toBeUndefined();
  await again.close();
});

test('with a store go the notes of its tabs, and no others', async () => {
  const storage: Record<string, unknown> = {};
  const functions = {
    setItem: (name: string, text: string) => Object.assign(storage, { [name]: text }),
    removeItem: (name: string) => Reflect.deleteProperty(storage, name),
  };
  for (const [name, value] of Object.entries(functions)) Object.defineProperty(storage, name, { value });
  Object.assign(globalThis, { localStorage: storage });
  try {
    keepNote(draftsOf('erased', 'one'), 'mine');
    keepNote(draftsOf('erased-not', 'one'), 'theirs');
    expect(keptNotes(draftsOf('erased'))).toEqual([['one', 'mine']]);
    await eraseStore('erased');
    expect(Object.values(storage)).toEqual(['theirs']);
  } finally {
    Reflect.deleteProperty(globalThis, 'localStorage');
  }
});

test('where a browser has no storage there are no notes', () => {
  keepNote('name', 'text');
  expect(keptNotes('')).toEqual([]);
});
