import { afterEach, beforeEach, expect, jest, test } from 'bun:test';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openWriter } from './open-database.ts';
import { WalKeeper } from './wal-keeper.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'maru-wal-'));
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

test('the write-ahead log is emptied a second after the last commit, and never between commits', () => {
  const file = path.join(folder, 'log.db');
  const database = openWriter(file, { synchronous: 'full', cacheKibibytes: 100 });
  database.exec('CREATE TABLE numbers (number INTEGER)');
  const keeper = new WalKeeper(database, (error) => {
    throw error;
  });
  const walBytes = () => statSync(`${file}-wal`).size;
  for (let i = 0; i < 5; i++) {
    database.exec('INSERT INTO numbers VALUES (1)');
    keeper.committed(1);
    jest.advanceTimersByTime(700);
    expect(walBytes()).toBeGreaterThan(0);
  }
  jest.advanceTimersByTime(2_000);
  expect(walBytes()).toBe(0);
  keeper.close();
  database.close();
});
