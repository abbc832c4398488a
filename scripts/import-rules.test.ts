import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT, runTool } from './workspace.mjs';

// Biome is run once over a made-up tree with this project's own settings; each case is one file in it.

const IMPORTS = 'lint/style/noRestrictedImports';
const GLOBALS = 'lint/style/noRestrictedGlobals';
const PROPERTIES = 'lint/nursery/noJsRestrictedProperties';
const CYCLES = 'lint/suspicious/noImportCycles';

const SERVER = 'packages/server/src';
const CLIENT = 'packages/client/src';

type Report = { readonly diagnostics: readonly { category: string; location: { path: string } }[] };
type Case = readonly [file: string, code: string];

const use = (source: string) => `import { x } from '${source}';\n\nexport const y = x;\n`;

const forbidden: readonly (readonly [...Case, rule: string])[] = [
  // protocol knows nobody
  ['packages/protocol/src/a.ts', use('@maru/client'), IMPORTS],
  ['packages/protocol/src/b.ts', use('@maru/server'), IMPORTS],
  ['packages/protocol/src/c.ts', use('../../server/src/core/x.ts'), IMPORTS],
  ['packages/protocol/src/d.ts', use('node:fs'), IMPORTS],
  ['packages/protocol/src/e.ts', use('bun'), IMPORTS],
  // client knows protocol
  [`${CLIENT}/a.ts`, use('@maru/server'), IMPORTS],
  [`${CLIENT}/b.ts`, use('@maru/cli'), IMPORTS],
  [`${CLIENT}/c.ts`, use('bun:sqlite'), IMPORTS],
  [`${CLIENT}/d.ts`, use('node:sqlite'), IMPORTS],
  [`${CLIENT}/bun/a.ts`, use('@maru/server'), IMPORTS],
  [`${CLIENT}/node/a.ts`, use('bun:sqlite'), IMPORTS],
  [`${CLIENT}/deep/er/a.ts`, use('../../../../server/src/index.ts'), IMPORTS],
  [`${CLIENT}/deep/er/b.ts`, use('../../../../../apps/cli/src/main.ts'), IMPORTS],
  // core knows protocol
  [`${SERVER}/core/a.ts`, use('@maru/client'), IMPORTS],
  [`${SERVER}/core/b.ts`, use('../ports/event-store.ts'), IMPORTS],
  [`${SERVER}/core/room/c.ts`, use('../../engines/memory/event-store.ts'), IMPORTS],
  [`${SERVER}/core/room/d.ts`, use('../../roles/gateway.ts'), IMPORTS],
  [`${SERVER}/core/e.ts`, use('../main/serve.ts'), IMPORTS],
  [`${SERVER}/core/f.ts`, use('../index.ts'), IMPORTS],
  [`${SERVER}/core/room/f.ts`, use('../../index.ts'), IMPORTS],
  [`${SERVER}/core/g.ts`, use('bun:sqlite'), IMPORTS],
  [`${SERVER}/core/h.ts`, use('hono'), IMPORTS],
  [`${SERVER}/core/i.ts`, use('node:crypto'), IMPORTS],
  [`${SERVER}/core/j.ts`, `import type { X } from '../ports/x.ts';\n\nexport type Y = X;\n`, IMPORTS],
  [`${SERVER}/core/k.ts`, `export const x = await import('../engines/memory/x.ts');\n`, IMPORTS],
  [`${SERVER}/core/l.ts`, `export { x } from '../engines/memory/x.ts';\n`, IMPORTS],
  [`${SERVER}/core/m.ts`, 'export const now = () => Date.now();\n', GLOBALS],
  [`${SERVER}/core/n.ts`, 'export const later = (f: () => void) => setTimeout(f, 1);\n', GLOBALS],
  [`${SERVER}/core/o.ts`, 'export const id = () => crypto.randomUUID();\n', GLOBALS],
  [`${SERVER}/core/p.ts`, 'export const chance = () => Math.random();\n', PROPERTIES],
  [`${SERVER}/core/q.ts`, 'export const now = () => globalThis.Date.now();\n', GLOBALS],
  // ports know core
  [`${SERVER}/ports/a.ts`, use('../engines/memory/x.ts'), IMPORTS],
  [`${SERVER}/ports/b.ts`, use('../roles/x.ts'), IMPORTS],
  [`${SERVER}/ports/c.ts`, use('../main/x.ts'), IMPORTS],
  [`${SERVER}/ports/d.ts`, use('kysely'), IMPORTS],
  // engines know ports, roles know ports, neither the other
  [`${SERVER}/engines/sqlite/a.ts`, use('../../roles/x.ts'), IMPORTS],
  [`${SERVER}/engines/sqlite/b.ts`, use('../../main/x.ts'), IMPORTS],
  [`${SERVER}/engines/sqlite/c.ts`, use('@maru/client'), IMPORTS],
  [`${SERVER}/roles/a.ts`, use('../engines/memory/x.ts'), IMPORTS],
  [`${SERVER}/roles/gateway/b.ts`, use('../../engines/memory/x.ts'), IMPORTS],
  [`${SERVER}/roles/c.ts`, use('../main/x.ts'), IMPORTS],
  [`${SERVER}/roles/d.ts`, use('bun:sqlite'), IMPORTS],
  [`${SERVER}/roles/e.ts`, use('kysely'), IMPORTS],
  [`${SERVER}/roles/f.ts`, use('sharp'), IMPORTS],
  [`${SERVER}/main/a.ts`, use('bun:sqlite'), IMPORTS],
  [`${SERVER}/main/b.ts`, use('@maru/client'), IMPORTS],
  // apps and bench know packages by their names
  ['apps/cli/src/a.ts', use('../../../packages/server/src/main/serve.ts'), IMPORTS],
  ['apps/cli/src/b.ts', use('bun:sqlite'), IMPORTS],
  ['apps/web/src/a.ts', use('@maru/server'), IMPORTS],
  ['apps/web/src/state/b.ts', use('node:fs'), IMPORTS],
  ['apps/web/src/state/c.ts', use('@maru/client/bun'), IMPORTS],
  ['bench/src/a.ts', use('../../packages/client/src/index.ts'), IMPORTS],
  ['bench/src/b.ts', use('bun:sqlite'), IMPORTS],
  // cycles, also of types alone
  [`${SERVER}/core/cycle/a.ts`, use('./b.ts'), CYCLES],
  [`${SERVER}/core/cycle/b.ts`, `export { y as x } from './a.ts';\n`, CYCLES],
  [`${SERVER}/core/cycle/c.ts`, `import type { D } from './d.ts';\n\nexport type C = D[];\n`, CYCLES],
  [`${SERVER}/core/cycle/d.ts`, `import type { C } from './c.ts';\n\nexport type D = { c: C };\n`, CYCLES],
];

const allowed: readonly Case[] = [
  ['packages/protocol/src/ok.ts', use('zod')],
  [`${CLIENT}/ok.ts`, use('@maru/protocol')],
  [`${CLIENT}/bun/ok.ts`, use('bun:sqlite')],
  [`${CLIENT}/node/ok.ts`, use('node:sqlite')],
  [`${SERVER}/core/room/ok.ts`, use('@maru/protocol')],
  [`${SERVER}/core/room/ok-up.ts`, use('../user/state.ts')],
  [`${SERVER}/core/room/ok-beside.ts`, use('./state.ts')],
  [`${SERVER}/core/room/ok-max.ts`, 'export const most = (a: number) => Math.max(a, 1);\n'],
  [`${SERVER}/ports/ok.ts`, use('../core/room/state.ts')],
  [`${SERVER}/ports/testing/event-store-contract.ts`, use('bun:test')],
  [`${SERVER}/engines/sqlite/ok.ts`, use('bun:sqlite')],
  [`${SERVER}/engines/sqlite/ok-port.ts`, use('../../ports/event-store.ts')],
  [`${SERVER}/roles/ok.ts`, use('../ports/event-store.ts')],
  [`${SERVER}/roles/ok.test.ts`, use('../engines/memory/event-store.ts')],
  [`${SERVER}/main/ok.ts`, use('../engines/memory/event-store.ts')],
  [`${SERVER}/main/ok-role.ts`, use('../roles/gateway.ts')],
  ['bench/src/reference/ok.ts', use('bun:sqlite')],
  ['apps/cli/src/ok.ts', use('@maru/server')],
  ['apps/web/src/state/ok.ts', use('@maru/client')],
];

const tree = mkdtempSync(path.join(tmpdir(), 'maru-imports-'));
const found = new Map<string, Set<string>>();

beforeAll(async () => {
  mkdirSync(path.join(tree, 'scripts'));
  for (const file of ['biome.jsonc', '.gitignore', 'package.json', 'scripts/no-rejects.grit']) {
    copyFileSync(path.join(ROOT, file), path.join(tree, file));
  }
  for (const [file, code] of [...forbidden, ...allowed]) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), code);
  }
  const results = path.join(tree, 'report.json');
  const options = ['lint', '--reporter=json', `--reporter-file=${results}`, '--max-diagnostics=none'];
  const only = [IMPORTS, GLOBALS, PROPERTIES, CYCLES].map((rule) => `--only=${rule.replace('lint/', '')}`);
  await runTool('@biomejs/biome/bin/biome', [...options, ...only, tree], { cwd: tree });
  const report: Report = JSON.parse(readFileSync(results, 'utf8'));
  for (const { category, location } of report.diagnostics) {
    const file = location.path.replaceAll('\\', '/');
    found.set(file, (found.get(file) ?? new Set()).add(category));
  }
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('import rules', () => {
  test.each(forbidden)('%s: %j breaks %s', (file, _code, rule) => {
    expect([...(found.get(file) ?? [])]).toContain(rule);
  });

  test.each(allowed)('%s: %j is fine', (file) => {
    expect([...(found.get(file) ?? [])]).toEqual([]);
  });
});
