import { afterAll, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT, runTool } from './workspace.mjs';

// Biome is run over a made-up tree with this project's own settings.

const WAITING = `import { expect } from 'bun:test';\n\nawait expect(Promise.resolve()).rejects.toThrow();\n`;

const tree = mkdtempSync(path.join(tmpdir(), 'maru-rejects-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

mkdirSync(path.join(tree, 'scripts'));
for (const file of ['biome.jsonc', '.gitignore', 'package.json', 'scripts/no-rejects.grit']) {
  copyFileSync(path.join(ROOT, file), path.join(tree, file));
}

test.each([
  ['tests/src/limits/a.test.ts', true],
  ['bench/src/load/a.test.ts', true],
  ['apps/cli/src/terminal/a.test.ts', true],
  ['packages/server/src/engines/sqlite/a.test.ts', true],
  ['packages/server/src/ports/testing/a.contract.ts', true],
  ['packages/client/src/bun/a.test.ts', true],
  ['packages/server/src/engines/memory/a.test.ts', false],
  ['packages/client/src/outbox/a.test.ts', false],
])('waiting by `rejects` in %s fails the lint: %p', async (file, fails) => {
  const whole = path.join(tree, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, WAITING);
  const { code, output } = await runTool('@biomejs/biome/bin/biome', ['lint', '--colors=off', file], {
    cwd: tree,
  });
  expect({ code, named: output.includes('can hang the run') }).toEqual({ code: fails ? 1 : 0, named: fails });
});
