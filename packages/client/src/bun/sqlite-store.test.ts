import { Database } from 'bun:sqlite';
import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testClientStore } from '../testing/client-store.contract.ts';
import { cursorAt, ME, message, ROOM } from '../testing/fixtures.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'maru-client-bun-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

testClientStore('bun sqlite', () => {
  const file = path.join(folder, `${files++}.db`);
  return {
    open: async () => openSqliteStore(file),
    // Another connection to the same file sees what was committed, and nothing that was not.
    reopen: async () => openSqliteStore(file),
  };
});

test('[DUR7] a store that a newer version wrote is not opened', () => {
  const file = path.join(folder, 'newer.db');
  const newer = new Database(file);
  newer.run('PRAGMA user_version = 99');
  newer.close();
  expect(() => openSqliteStore(file)).toThrow('newer version (99');
});

test('[DUR1] a transaction that fails leaves nothing behind', async () => {
  const store = openSqliteStore(path.join(folder, 'failing.db'));
  const apply = store.apply([
    { kind: 'cursor', cursor: cursorAt(1) },
    { kind: 'events', room: ROOM, events: [{ ...message(1), seq: Number.NaN as never }] },
  ]);
  expect(await apply.catch((error: unknown) => error)).toBeInstanceOf(Error);
  expect((await store.load()).cursor).toBeUndefined();
  await store.close();
});

test('[DUR7] a store that an earlier version wrote is brought up to date, with what is in it', async () => {
  const file = path.join(folder, 'earlier.db');
  const first = openSqliteStore(file);
  await first.apply([{ kind: 'cursor', cursor: cursorAt(3) }]);
  await first.close();
  const earlier = new Database(file);
  earlier.run('DROP TABLE people');
  earlier.run('PRAGMA user_version = 1');
  earlier.close();
  const store = openSqliteStore(file);
  const person = { user: ME, handle: 'me', name: 'Me', status: '', avatar: 'f'.repeat(64), changedAt: 1 };
  await store.apply([{ kind: 'person', person }]);
  expect(await store.load()).toMatchObject({ cursor: cursorAt(3), people: [person] });
  await store.close();
});
