// Bundles the `maru` command and its threads into dist/, so that a start reads a few files and not hundreds.
// Run by Bun: bun scripts/build.mjs [STAMP], where STAMP is what dist/made-from is to hold.
//
// A thread is found by how it is started: `new Worker(new URL('./some-thread.ts', import.meta.url))`. Each becomes
// dist/some-thread.js, and the URL in the bundle is rewritten to that name; nothing has to be listed. So does a program
// that is started as a process by such a URL.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DIST, ROOT, sourceFiles } from './workspace.mjs';

const FOLDERS = ['packages/protocol/src', 'packages/server/src', 'packages/client/src', 'apps/cli/src'];
const THREAD_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\.ts\1,\s*import\.meta\.url,?\s*\)/g;

/** @returns {Promise<Map<string, string>>} name in dist/ → source file */
async function findThreads() {
  const threads = new Map();
  for (const file of FOLDERS.flatMap(sourceFiles)) {
    if (!file.endsWith('.ts')) continue;
    const text = await readFile(path.join(ROOT, file), 'utf8');
    for (const [, , relative] of text.matchAll(THREAD_URL)) {
      const source = path.resolve(ROOT, path.dirname(file), `${relative}.ts`);
      const name = path.basename(source, '.ts');
      if ((threads.get(name) ?? source) !== source) throw new Error(`two threads are named ${name}`);
      threads.set(name, source);
    }
  }
  return threads;
}

/** @type {import('bun').BunPlugin} */
const rewriteThreadUrls = {
  name: 'thread-urls',
  setup(build) {
    build.onLoad({ filter: /[\\/](packages|apps)[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text.replace(THREAD_URL, (_whole, _quote, relative) => {
        return `new URL('./${path.posix.basename(relative)}.js', import.meta.url)`;
      });
      return { contents, loader: 'ts' };
    });
  },
};

/** @param {string} entry @param {string} name @param {string} outdir */
async function bundle(entry, name, outdir) {
  await Bun.build({
    entrypoints: [entry],
    outdir,
    naming: { entry: `${name}.js`, chunk: `${name}-[hash].js` },
    // A command loads what it needs of the others, and a server nothing of the terminal's messenger.
    splitting: true,
    target: 'bun',
    // It has machine code beside it, which is found from where it is installed.
    external: ['sharp'],
    minify: { syntax: true, whitespace: true, identifiers: false },
    sourcemap: 'linked',
    plugins: [rewriteThreadUrls],
    throw: true,
  });
}

// Built beside dist/ and swapped in, so that a server started meanwhile never sees half a bundle.
const fresh = `${DIST}.${process.pid}.tmp`;
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
try {
  await bundle(path.join(ROOT, 'apps/cli/src/main.ts'), 'maru', fresh);
  await bundle(path.join(ROOT, 'scripts/parent-watch.ts'), 'parent-watch', fresh);
  for (const [name, source] of await findThreads()) await bundle(source, name, fresh);
  await writeFile(path.join(fresh, 'made-from'), process.argv[2] ?? '');
  await rm(DIST, { recursive: true, force: true });
  await rename(fresh, DIST);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
