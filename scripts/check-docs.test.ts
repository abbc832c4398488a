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
  ])('reports %j', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });
});
