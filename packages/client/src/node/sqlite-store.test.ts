import { afterAll } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testClientStore } from '../testing/client-store.contract.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'maru-client-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

testClientStore('node sqlite', () => {
  const file = path.join(folder, `${files++}.db`);
  return {
    open: async () => openSqliteStore(file),
    // Another connection to the same file sees what was committed, and nothing that was not.
    reopen: async () => openSqliteStore(file),
  };
});
