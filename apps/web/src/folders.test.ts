import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Glob } from 'bun';

/**
 * The folders of the app: what stands in one imports from those before it alone. What is only fetched when it is opened
 * is not looked at: it is named, and not built upon.
 */
const ORDER = [
  ['i18n', 'route'],
  ['ui'],
  ['state'],
  ['emoji', 'refused', 'sign-in'],
  ['rooms', 'settings'],
  ['folders', 'people', 'composer', 'share'],
  ['admin', 'groups', 'search', 'worker'],
  ['conversation'],
  ['starred'],
  ['app'],
];

const rankOf = (file: string) => ORDER.findIndex((folders) => folders.includes(file.split('/')[0] ?? ''));

/** What a file imports of others of the app, from its folder of sources on. */
function importsOf(file: string): string[] {
  const code = readFileSync(path.join(import.meta.dir, file), 'utf8');
  const found = code.matchAll(/^(?:import|export|\}).* from '(\.[^']+)';$/gm);
  return [...found].map(([, to = '']) => path.join(path.dirname(file), to));
}

const files = [...new Glob('*/**/*.{ts,tsx}').scanSync(import.meta.dir)].filter(
  (file) => !/\.test\.|testing\//.test(file),
);

test('every folder of the app has its place in the order', () => {
  expect(files.filter((file) => rankOf(file) < 0)).toEqual([]);
});

test('no folder of the app imports from one behind it, nor from one beside it', () => {
  const imports = files.flatMap((file) => importsOf(file).map((to) => ({ file, to })));
  expect(imports.length).toBeGreaterThan(1_000);
  const isWrong = ({ file, to }: { readonly file: string; readonly to: string }) =>
    file.split('/')[0] !== to.split('/')[0] && rankOf(to) >= rankOf(file);
  expect(imports.filter(isWrong)).toEqual([]);
});
