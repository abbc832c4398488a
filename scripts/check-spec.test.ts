import { afterAll, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkSpec } from './check-spec.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'maru-spec-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let trees = 0;

/** A tree with this SPEC.md and, where given, one file of tests. */
function check(spec: string, tests = '', testFile = 'a.test.ts'): string[] {
  const tree = path.join(root, String(trees++));
  const folder = path.join(tree, 'packages/protocol');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'SPEC.md'), spec);
  mkdirSync(path.dirname(path.join(tree, testFile)), { recursive: true });
  writeFileSync(path.join(tree, testFile), tests);
  return checkSpec(tree);
}

// Written so that this file itself cites nothing.
const cite = (...ids: string[]) => `test('${ids.map((id) => `[${id}]`).join('')} holds', () => {});\n`;
const rule = (id: string) => `**[${id}]** Something holds.`;

describe('check-spec', () => {
  test('accepts rules that have tests', () => {
    const spec = `# Rules\n\n- ${rule('ORD1')}\n\n${rule('ORD2')}\n1. ${rule('DUR1')}\n`;
    expect(check(spec, cite('ORD1') + cite('ORD2', 'DUR1'))).toEqual([]);
  });

  test('counts a suite that tests share', () => {
    expect(check(rule('DUR1'), cite('DUR1'), 'testing/store-contract.ts')).toEqual([]);
  });

  test('reports a rule without a test', () => {
    expect(check(`x\n- ${rule('ORD1')}`)).toEqual([
      'packages/protocol/SPEC.md:2: no test begins with [ORD1]',
    ]);
  });

  test('reports a test that cites no such rule', () => {
    expect(check(rule('ORD1'), cite('ORD1', 'ORD9'))).toEqual([
      'a.test.ts:1: no rule [ORD9] in packages/protocol/SPEC.md',
    ]);
  });

  test('reports a document that mentions no such rule', () => {
    const mention = (id: string) => `\`[${id}]\``;
    const page = `As ${mention('ORD1')} says.\n\nAnd ${mention('ORD9')}, but not [ORD8](x.md) or ${mention('sic')}.\n`;
    expect(check(`${rule('ORD1')}\n${page}`, cite('ORD1'))).toEqual([
      'packages/protocol/SPEC.md:4: no rule [ORD9] in packages/protocol/SPEC.md',
    ]);
    expect(check(rule('ORD1'), cite('ORD1'), 'a.test.ts')).toEqual([]);
  });

  test('reports a rule defined twice', () => {
    expect(check(`${rule('ORD1')}\n${rule('ORD1')}`, cite('ORD1'))).toEqual([
      'packages/protocol/SPEC.md:2: [ORD1] is already defined at packages/protocol/SPEC.md:1',
    ]);
  });

  test.each(['test.skip(', 'test.todo(', 'describe.skip('])('does not count what %s switches off', (off) => {
    expect(check(rule('ORD1'), cite('ORD1').replace('test(', off))).toHaveLength(1);
    expect(check(rule('ORD1'), `${off}'x', () => { ${cite('ORD1')} });`)).toHaveLength(1);
  });

  test('reads ids with spaces between them, to the last', () => {
    const spaced = cite('ORD1', 'ORD9').replace('][', '] [');
    expect(check(rule('ORD1'), spaced)).toEqual(['a.test.ts:1: no rule [ORD9] in packages/protocol/SPEC.md']);
    expect(check(`${rule('ORD1')}\n${rule('ORD9')}`, spaced)).toEqual([]);
  });

  const title = `[${'ORD1'}] holds`; // so that this file itself cites nothing
  test.each([
    `describe('${title}', () => {});`,
    `it('${title}', () => {});`,
    `test.skipIf(seed > 1)('${title}', () => {});`,
    `test.skipIf(why !== undefined)(why === undefined ? '${title}' : 'x', () => {});`,
    `test.skipIf(why !== undefined).each([1, 2])(named('${title} (%d)'), () => {});`,
    `test.each([['${title}', 1], ['x', 2]])('%s of %d', () => {});`,
    `test('${title}, ' + 'to the end', () => {});`,
    `const title = '${title}';\ntest(found ? title : \`\${title} (skipped)\`, () => {});`,
    `test(\n  // Why it is so long.\n  \`${title} for \${n} people\`,\n  () => {},\n  { timeout: 1 },\n);`,
  ])('takes for a name: %s', (source) => {
    expect(check(rule('ORD1'), source)).toEqual([]);
  });

  test.each([
    `const rules = ['${title}'];`,
    `expect('${title}').toBe(x);`,
    `test('x', () => { says('${title}'); });`,
    `test.each([['x', '${title}']])('a %s', () => {});`,
    `latest('${title}', () => {});`,
  ])('does not take for a name, and says so: %s', (source) => {
    expect(check(rule('ORD1'), source)).toEqual([
      "a.test.ts:1: [ORD1] does not begin a test's name",
      'packages/protocol/SPEC.md:1: no test begins with [ORD1]',
    ]);
  });

  test('does not read comments', () => {
    const spec = 'packages/protocol/SPEC.md:1: no test begins with [ORD1]';
    expect(check(rule('ORD1'), `// ${cite('ORD1')}`)).toEqual([spec]);
  });

  test('does not take a mention inside a paragraph for a rule', () => {
    expect(check('As **[ORD1]** says, …')).toEqual([]);
  });
});
