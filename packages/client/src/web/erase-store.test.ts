import { expect, test } from 'bun:test';
import { openIndexedDbStore } from './indexed-db-store.ts';
import 'fake-indexeddb/auto';
import { newDeviceId, newUserId, systemUuids } from '@maru/protocol';
import { eraseStore } from './erase-store.ts';

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
