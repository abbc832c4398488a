import { afterAll, beforeEach, describe, expect, test } from 'bun:test';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ROOT } from './workspace.mjs';

// The real script with a made-up app: its build writes what the sources say, as Vite would be told to.

const BUILD = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const out = process.argv[process.argv.indexOf('--outDir') + 1];
const text = readFileSync('src/main.txt', 'utf8');
if (text === 'wrong') {
  console.log('main.txt is wrong');
  process.exit(1);
}
mkdirSync(out + '/assets', { recursive: true });
writeFileSync(out + '/index.html', '<script src="/assets/' + text + '.js"></script>');
writeFileSync(out + '/assets/' + text + '.js', text.repeat(1000));
`;

const trees: string[] = [];
let tree: string;
let source: string;

beforeEach(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'maru-web-build-'));
  trees.push(tree);
  source = path.join(tree, 'apps/web/src/main.txt');
  mkdirSync(path.dirname(source), { recursive: true });
  cpSync(path.join(ROOT, 'scripts'), path.join(tree, 'scripts'), { recursive: true });
  cpSync(path.join(ROOT, 'package-lock.json'), path.join(tree, 'package-lock.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'), 'junction');
  writeFileSync(path.join(tree, 'package.json'), '{"type":"module","version":"1.0.0"}');
  writeFileSync(path.join(tree, 'apps/web/build.mjs'), BUILD);
  writeFileSync(path.join(tree, 'apps/web/package.json'), '{"scripts":{"build":"node build.mjs"}}');
  writeFileSync(source, 'first');
});

afterAll(() => {
  for (const made of trees) rmSync(made, { recursive: true, force: true });
});

/** What is said of it; nothing where nothing was to be done. */
function ensure(): string {
  const script = `import('./scripts/web-app.mjs').then((module) => module.ensureWebApp())`;
  const { status, stderr } = spawnSync('node', ['-e', script], { cwd: tree, encoding: 'utf8' });
  expect(status).toBe(0);
  return stderr;
}

const dist = (name = '') => path.join(tree, 'apps/web/dist', name);

describe('the web app', () => {
  test('is built once for each state of its sources, and for each version', () => {
    expect(ensure()).toContain('Building the web app');
    const { ino } = statSync(dist());
    expect(ensure()).toBe('');
    expect(statSync(dist()).ino).toBe(ino);
    writeFileSync(path.join(tree, 'package.json'), '{"type":"module","version":"1.0.10"}');
    expect(ensure()).toContain('Building the web app');
    writeFileSync(source, 'second');
    expect(ensure()).toContain('Building the web app');
    expect(readFileSync(dist('index.html'), 'utf8')).toContain('second.js');
    expect(readdirSync(path.join(tree, 'apps/web')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('lies there compressed, too, where that saves something', () => {
    ensure();
    const script = readFileSync(dist('assets/first.js'));
    expect(brotliDecompressSync(readFileSync(dist('assets/first.js.br')))).toEqual(script);
    expect(gunzipSync(readFileSync(dist('assets/first.js.gz')))).toEqual(script);
    expect(existsSync(dist('index.html.br'))).toBe(false);
  });

  test('keeps what open pages of earlier builds may still load, for two weeks', () => {
    ensure();
    writeFileSync(source, 'second');
    ensure();
    expect(readdirSync(dist('assets')).filter((name) => name.endsWith('.js'))).toEqual([
      'first.js',
      'second.js',
    ]);
    expect(existsSync(dist('assets/first.js.br'))).toBe(true);
    const replaced = JSON.parse(readFileSync(dist('.replaced.json'), 'utf8'));
    const longAgo = Date.now() - 15 * 86_400_000;
    const aged = Object.fromEntries(Object.keys(replaced).map((name) => [name, longAgo]));
    writeFileSync(dist('.replaced.json'), JSON.stringify(aged));
    writeFileSync(source, 'third');
    ensure();
    expect(readdirSync(dist('assets')).filter((name) => name.endsWith('.js'))).toEqual([
      'second.js',
      'third.js',
    ]);
  });

  test('that can’t be built keeps nobody from starting, and leaves the one before', () => {
    writeFileSync(source, 'wrong');
    expect(ensure()).toMatch(/could not be built, so the server starts without it:[\s\S]*main.txt is wrong/);
    expect(existsSync(dist())).toBe(false);
    writeFileSync(source, 'right');
    ensure();
    writeFileSync(source, 'wrong');
    expect(ensure()).toContain('starts with the one built before');
    expect(readFileSync(dist('index.html'), 'utf8')).toContain('right.js');
  });

  test('is none of this script’s where there are no sources', () => {
    rmSync(path.join(tree, 'apps/web'), { recursive: true });
    expect(ensure()).toBe('');
  });
});
