import { afterAll, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled, ROOT } from './workspace.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'maru-install-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' } };
const other = { 'node_modules/other': { version: '1.0.0', integrity: 'sha512-2', optional: true } };
const workspace = { 'packages/mine': { version: '0.1.0' } };

let trees = 0;

/** A tree with this lock, this copy of a lock left by npm, and the package `one`. */
function tree(locked: object, left?: object): string {
  const at = path.join(root, String(trees++));
  mkdirSync(path.join(at, 'node_modules/one'), { recursive: true });
  writeFileSync(path.join(at, 'package-lock.json'), JSON.stringify({ packages: locked }));
  if (left !== undefined) {
    writeFileSync(path.join(at, 'node_modules/.package-lock.json'), JSON.stringify({ packages: left }));
  }
  return at;
}

describe('isInstalled', () => {
  test('accepts what the lock says', () => {
    expect(isInstalled(tree({ ...one, ...workspace }, one))).toBe(true);
  });

  test('accepts that a package for another platform is missing', () => {
    expect(isInstalled(tree({ ...one, ...other }, one))).toBe(true);
  });

  test('notices that nothing is installed, or not to the end', () => {
    expect(isInstalled(tree(one))).toBe(false);
  });

  test('notices another version, and another content of the same version', () => {
    const version = { 'node_modules/one': { version: '0.9.0', integrity: 'sha512-1' } };
    const content = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-9' } };
    expect(isInstalled(tree(one, version))).toBe(false);
    expect(isInstalled(tree(one, content))).toBe(false);
  });

  test('notices a folder that was deleted', () => {
    const at = tree(one, one);
    rmSync(path.join(at, 'node_modules/one'), { recursive: true });
    expect(isInstalled(at)).toBe(false);
  });
});

type Locked = Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;

test('the lock names every optional package, so that it can be installed on each platform', () => {
  // npm leaves out what the registry did not have at that moment, and then `npm ci` fails everywhere.
  const { packages }: { packages: Locked } = JSON.parse(
    readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
  );
  const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !packages[`${where}/node_modules/${name}`]?.version && !packages[`node_modules/${name}`]?.version,
    ),
  );
  expect(missing).toEqual([]);
});
