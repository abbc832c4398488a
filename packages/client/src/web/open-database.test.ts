import 'fake-indexeddb/auto';
import { expect, test } from 'bun:test';
import { openDB } from 'idb';
import { cursorAt } from '../testing/fixtures.ts';
import { type Database, STEPS } from './indexed-db-schema.ts';
import { openIndexedDbStore } from './indexed-db-store.ts';
import { openDatabase } from './open-database.ts';
import { asStoreFailed } from './store-fault.ts';
import { reasonOf } from './testing/reason-of.ts';

const failed = () => undefined;
/** A version to come. */
const LATER = [...STEPS, (database: Database) => void database.createObjectStore('later' as never)];

test('[STORE2] a store that a newer version wrote is not opened, and stays as it is', async () => {
  const name = 'newer';
  const newer = await openDB(name, 99, { upgrade: (database) => void database.createObjectStore('other') });
  newer.close();
  expect(await reasonOf(openIndexedDbStore({ name }))).toBe('newer-version');
  const again = await openDB(name);
  expect([again.version, [...again.objectStoreNames]]).toEqual([99, ['other']]);
  again.close();
});

test('[STORE2] an open store makes way for a newer version, and says so', async () => {
  const name = 'upgraded';
  const failures: string[] = [];
  const store = await openIndexedDbStore({ name, onFailed: ({ reason }) => failures.push(reason) });
  const newer = await openDB(name, 99);
  newer.close();
  expect(failures).toEqual(['outdated']);
  expect(await reasonOf(store.apply([{ kind: 'cursor', cursor: cursorAt(1) }]))).toBe('outdated');
});

test('[STORE2] a store that an earlier version wrote is brought up to date, with what is in it', async () => {
  const name = 'earlier';
  const store = await openIndexedDbStore({ name });
  await store.apply([{ kind: 'cursor', cursor: cursorAt(7) }]);
  await store.close();
  const later = await openDatabase(name, { failed, steps: LATER });
  expect(later.version).toBe(STEPS.length + 1);
  expect([...later.objectStoreNames]).toContain('later' as never);
  expect(await later.get('device', 'cursor')).toBe(cursorAt(7));
  later.close();
});

test('[STORE2] a browser that lets a page store nothing says so at once, and that is no fault of the page', async () => {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = () => {
    throw new DOMException('The user denied permission.', 'SecurityError');
  };
  try {
    expect(await reasonOf(openDatabase('denied', { failed }))).toBe('denied');
  } finally {
    IDBFactory.prototype.open = open;
  }
});

test('[STORE2] tabs of an earlier version that keep the store are named, and opening again works when they are gone', async () => {
  const name = 'held';
  // A tab that does not answer.
  const held = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, STEPS.length);
    request.onsuccess = () => resolve(request.result);
  });
  expect(await reasonOf(openDatabase(name, { failed, steps: LATER, blockedMs: 1 }))).toBe('in-use');
  held.close();
  const opened = await openDatabase(name, { failed, steps: LATER });
  expect(opened.version).toBe(LATER.length);
  opened.close();
});

test('[STORE3] what browsers call the reasons', () => {
  const reason = (name: string) => asStoreFailed(new DOMException('', name), 'lost').reason;
  expect(reason('QuotaExceededError')).toBe('full');
  expect(reason('VersionError')).toBe('newer-version');
  expect(reason('SecurityError')).toBe('denied');
  expect(reason('InvalidStateError')).toBe('lost');
  expect(reason('UnknownError')).toBe('lost');
  expect(asStoreFailed(new DOMException('', 'InvalidStateError'), 'denied').reason).toBe('denied');
});

test('[STORE3] a browser that throws at once where nothing may be kept keeps nothing', async () => {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = () => {
    throw new DOMException('not here', 'SecurityError');
  };
  try {
    expect(await reasonOf(openIndexedDbStore({ name: 'denied' }))).toBe('denied');
  } finally {
    IDBFactory.prototype.open = open;
  }
});
