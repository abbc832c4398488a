import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MemoryStore } from '../store/memory-store.ts';
import { testClientStore } from '../testing/client-store.contract.ts';
import { NODE } from '../testing/node-command.ts';
import { readStory, tellStory } from '../testing/store-story.ts';
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

// The contract runs in Bun, which has `node:sqlite`, too. Whether Node's own does the same, Node shows.
describe('in Node itself', () => {
  const script = path.join(folder, 'node-store-script.mjs');
  const asked = Bun.spawnSync([NODE, '-e', "import('node:sqlite').then(() => {}, () => process.exit(1))"]);
  const hasSqlite = asked.exitCode === 0;

  beforeAll(async () => {
    const built = await Bun.build({
      entrypoints: [path.join(import.meta.dir, '../testing/node-store-script.ts')],
      target: 'node',
      outdir: folder,
      naming: 'node-store-script.mjs',
    });
    expect(built.logs).toEqual([]);
  });

  async function run(part: 'tell' | 'read') {
    const child = Bun.spawn([NODE, script, path.join(folder, 'node.db'), part], {
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    return { out, err, code: await child.exited };
  }

  test.skipIf(!hasSqlite)(
    `[SYNC3] what was applied is there after Node died${hasSqlite ? '' : ' (skipped: this Node has no node:sqlite; MARU_TEST_NODE may name another)'}`,
    async () => {
      const memory = new MemoryStore();
      await tellStory(memory);
      expect((await run('tell')).out).toBe('');
      expect(JSON.parse((await run('read')).out)).toEqual(JSON.parse(await readStory(memory)));
    },
  );

  test.skipIf(hasSqlite)(
    `an older Node is told which it takes${hasSqlite ? ' (skipped: this Node has node:sqlite; MARU_TEST_NODE may name another)' : ''}`,
    async () => {
      const { err, code } = await run('read');
      expect(err).toContain('A SQLite store needs Node 22.13 or later; this is v');
      expect(code).toBe(1);
    },
  );
});
