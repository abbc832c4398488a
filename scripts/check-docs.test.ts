import { afterAll, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkDocs } from './check-docs.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'maru-docs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

mkdirSync(path.join(root, 'docs'));
writeFileSync(path.join(root, 'docs/other.md'), '# A title\n\n## Same\n\n## Same\n\n## `code` & 마루!\n');
writeFileSync(path.join(root, 'docs/data.json'), '{}');
mkdirSync(path.join(root, 'docs/deep'));
writeFileSync(path.join(root, 'docs/deep/file.ts'), 'export function someName() {}');

function check(text: string): string[] {
  writeFileSync(path.join(root, 'page.md'), text);
  return checkDocs(root);
}

describe('check-docs', () => {
  test.each([
    '[a](docs/other.md)',
    '[a](docs/)',
    '[a](/docs/data.json)',
    '[a](docs/other.md#a-title)',
    '[a](docs/other.md#same-1)',
    '[a](docs/other.md#code--마루)',
    '[a](https://example.org/none.md)',
    '# Here\n[a](#here)',
    '[a]: docs/other.md',
    '`[a](none.md)`',
    '```md\n[a](none.md)\n```',
    '`docs/other.md`, `./docs/data.json`, and `docs/deep/file.ts` by its end, `deep/file.ts`, `file.ts`',
    '`someName` in\n[file.ts](docs/deep/file.ts), `none` of [file.ts](docs/deep/file.ts)',
    '```md\n`none` in [file.ts](docs/deep/file.ts)\n```',
    // Addresses, patterns, commands, data of somebody else's, and what was built.
    '`/v1/none.json` `https://a.b/none.md` `docs/*.md` `node docs/none.mjs` `ko/none.csv` `none/` `dist/none.json`',
    '```sh\n`docs/none.md`\n```',
  ])('accepts %j', (text) => {
    expect(check(text)).toEqual([]);
  });

  test.each([
    ['[a](none.md)', 'page.md:1: none.md: no such file'],
    ['x\n[`a`](docs/none.md "title")', 'page.md:2: docs/none.md: no such file'],
    ['![a](none.png)', 'page.md:1: none.png: no such file'],
    ['[a](docs/other.md#none)', 'page.md:1: docs/other.md#none: no such heading'],
    ['[a](#none)', 'page.md:1: #none: no such heading'],
    ['[a]: none.md', 'page.md:1: none.md: no such file'],
    ['x\n\n`docs/none.ts`', "page.md:3: docs/none.ts: no file's path ends so"],
    ['x\n`some` in\n[a](docs/deep/file.ts)', 'page.md:2: some is not in docs/deep/file.ts'],
    ['`none.ts`', "page.md:1: none.ts: no file's path ends so"],
    ['`eep/file.ts`', "page.md:1: eep/file.ts: no file's path ends so"],
  ])('reports %j', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });
});

const sequence = (steps: number) =>
  ['```mermaid', 'sequenceDiagram', '  autonumber', ...Array(steps).fill('  A->>B: says'), '```'].join('\n');

describe('check-docs in Mermaid diagrams', () => {
  test.each([
    '```mermaid\nflowchart LR\n  A --> B\n  click A "docs/data.json"\n  click B href "docs/" "tip" _blank\n```',
    '```mermaid\nsequenceDiagram\n  link A: Code @ docs/data.json\n  links B: {"Code": "docs/", "x": "https://x.y"}\n```',
    '~~~mermaid\nflowchart LR\n  click A "docs/other.md#a-title"\n~~~',
    // Only what is a diagram is one.
    '```md\nclick A "none.ts"\n```',
    `${sequence(2)}\n\nText.\n\n1. [a](docs/)\n2. b\n   over two lines: [b](docs/data.json)\n\nMore.\n\n1. Another list.`,
    // Without numbers nobody looks for them under it.
    '```mermaid\nsequenceDiagram\n  A->>B: says\n```\n',
  ])('accepts %j', (text) => {
    expect(check(text)).toEqual([]);
  });

  test.each([
    ['```mermaid\nflowchart LR\n  click A "none.ts"\n```', 'page.md:3: none.ts: no such file'],
    [
      'x\n```mermaid\nflowchart LR\n  click A href "docs/none.ts" "tip"\n```',
      'page.md:4: docs/none.ts: no such file',
    ],
    ['```mermaid\nsequenceDiagram\n  link A: Code @ none.ts\n```', 'page.md:3: none.ts: no such file'],
    [
      '```mermaid\nsequenceDiagram\n  links A: {"a": "docs/", "b": "none.ts"}\n```',
      'page.md:3: none.ts: no such file',
    ],
    [
      '```mermaid\nflowchart LR\n  click A "docs/other.md#none"\n```',
      'page.md:3: docs/other.md#none: no such heading',
    ],
    [`${sequence(2)}\n\n1. [a](docs/)\n`, 'page.md:1: the diagram has 2 steps, the list under it 1'],
    [
      `${sequence(1)}\n\n1. [a](docs/)\n2. [b](docs/)\n`,
      'page.md:1: the diagram has 1 steps, the list under it 2',
    ],
    [
      `${sequence(1)}\n\n## Elsewhere\n\n1. [a](docs/)\n`,
      'page.md:1: the diagram has 1 steps, the list under it 0',
    ],
    [`${sequence(2)}\n\n1. [a](docs/)\n2. b\n`, 'page.md:1: step 2 links no file'],
    [`${sequence(1)}\n\n1. [a](docs/none.ts)\n`, 'page.md:7: docs/none.ts: no such file'],
  ])('reports %j', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });

  test.each(['->>', '-->>', '->', '-->', '-x', '--x', '-)', '--)', '<<->>', '->>+', '-->>-'])(
    'a message may be written %s',
    (arrow) => {
      const diagram = `\`\`\`mermaid\nsequenceDiagram\n  autonumber\n  A${arrow}B: says\n\`\`\`\n`;
      expect(check(`${diagram}\n1. [a](docs/)\n`)).toEqual([]);
      expect(check(diagram)).toHaveLength(1);
    },
  );
});
