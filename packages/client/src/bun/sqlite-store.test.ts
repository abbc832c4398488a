import { Database } from 'bun:sqlite';
import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

test('[DUR7][TIME5] a store that an earlier version wrote is brought up to date, with what is in it', async () => {
  const file = path.join(folder, 'earlier.db');
  const earlier = new Database(file, { create: true });
  const event = message(1, { expiresAt: 5_000 });
  earlier.run(`CREATE TABLE device (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE rooms (room TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE events (
      room TEXT NOT NULL, seq INTEGER NOT NULL, edits INTEGER, event TEXT NOT NULL, PRIMARY KEY (room, seq)
    ) WITHOUT ROWID;
    CREATE INDEX edits ON events (room, edits) WHERE edits IS NOT NULL;
    CREATE TABLE outbox (
      room TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (room, id)
    ) WITHOUT ROWID;
    CREATE TABLE last_ids (room TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = 1;`);
  earlier.run('INSERT INTO events VALUES (?, 1, NULL, ?)', [ROOM, JSON.stringify(event)]);
  earlier.close();
  const store = openSqliteStore(file);
  expect(await store.events(ROOM, 1, 9)).toEqual([event]);
  expect(await store.nextExpiry()).toBe(5_000);
  await store.apply([{ kind: 'expire', through: 5_000 }]);
  expect((await store.events(ROOM, 1, 9))[0]?.content).toBeUndefined();
  const person = { user: ME, handle: 'me', name: 'Me', status: '', avatar: 'f'.repeat(64), changedAt: 1 };
  await store.apply([{ kind: 'person', person }]);
  expect((await store.load()).people).toEqual([person]);
  await store.close();
});

test('[TIME5] what has expired is in no file any more, write-ahead logs and freed pages included', async () => {
  const file = path.join(folder, 'erased.db');
  const store = openSqliteStore(file);
  const secret = { type: 'text', text: 'S3cr3t-'.repeat(2_000) };
  const events = [1, 2, 3].map((seq) => message(seq, { content: secret, expiresAt: 5_000 }));
  await store.apply([{ kind: 'events', room: ROOM, events }]);
  const holds = () =>
    readdirSync(folder).some(
      (name) => name.startsWith('erased') && readFileSync(path.join(folder, name)).includes('S3cr3t'),
    );
  expect(holds()).toBe(true);
  await store.apply([{ kind: 'expire', through: 5_000 }]);
  expect(holds()).toBe(false);
  await store.close();
});
