// Builds the web app into apps/web/dist where that is missing or made from other sources. Plain Node, no dependencies.
//
// The app's own `build` script makes the files; it has to take --outDir and --emptyOutDir, as Vite does. Here they are compressed, once, for all who will ask for them, and put beside the files
// of the builds before: a tab that was opened by the page of yesterday still loads its parts of yesterday.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { BUN, fingerprintOf, ROOT, run, sourceFiles } from './workspace.mjs';

const APP = 'apps/web';
/** What the server looks for by itself; what begins with a dot in it is served to nobody. */
const BUILT = path.join(ROOT, APP, 'dist');
const STAMP = '.made-from';
/** Since when files of earlier builds are not part of the app any more, by name. */
const REPLACED = '.replaced.json';
/** How long they are kept: a tab that was not loaded anew for longer is offered the new version anyway. */
const REPLACED_KEPT_MS = 14 * 86_400_000;
/** Where the files stand that never change under their names. */
const HASHED_FOLDER = 'assets';

const COMPRESSED = /\.(html|js|css|json|svg|webmanifest|txt|wasm)$/;
/** Below it the header that names the coding is half of what is saved. */
const COMPRESSED_BYTES_MIN = 1_024;

/**
 * Builds the app if need be. A failure is told and keeps nobody from starting: the server then serves the build before,
 * or says in words what to do.
 */
export async function ensureWebApp() {
  if (!existsSync(path.join(ROOT, APP, 'package.json'))) return;
  const fingerprint = fingerprintOf([
    'package.json',
    'package-lock.json',
    'scripts/web-app.mjs',
    ...sourceFiles(APP),
    ...sourceFiles('packages/protocol/src'),
    ...sourceFiles('packages/client/src'),
  ]);
  if (existsSync(path.join(BUILT, 'index.html')) && readText(STAMP) === fingerprint) return;
  console.error('Building the web app (once for each version) …');
  const failure = await build(fingerprint);
  if (failure === undefined) return;
  const instead = existsSync(path.join(BUILT, 'index.html')) ? 'with the one built before' : 'without it';
  console.error(`The web app could not be built, so the server starts ${instead}:\n${failure.trimEnd()}`);
}

/** @param {string} fingerprint @returns {Promise<string | undefined>} what failed */
async function build(fingerprint) {
  const fresh = `${BUILT}.${process.pid}.tmp`;
  try {
    const failure = await make(fresh);
    if (failure !== undefined) return failure;
    compress(fresh);
    keepReplaced(fresh);
    writeFileSync(path.join(fresh, STAMP), fingerprint);
    rmSync(BUILT, { recursive: true, force: true });
    renameSync(fresh, BUILT);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * Runs the app's build: by Bun, which is the same everywhere; what that can't run, by the Node that is there.
 * @param {string} folder @returns {Promise<string | undefined>} what failed
 */
async function make(folder) {
  const options = { cwd: path.join(ROOT, APP), env: { NODE_ENV: 'production' } };
  const failures = [];
  for (const by of [['--bun'], []]) {
    const args = ['run', ...by, 'build', '--outDir', folder, '--emptyOutDir'];
    const { code, output } = await run(BUN, args, options);
    if (code === 0 && existsSync(path.join(folder, 'index.html'))) return undefined;
    failures.push(code === 0 ? `${output}There is no index.html in what was built.\n` : output);
  }
  return failures.join('');
}

/** @param {string} folder */
function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) compress(file);
    if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue;
    const content = readFileSync(file);
    if (content.length < COMPRESSED_BYTES_MIN) continue;
    const brotli = brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    });
    if (brotli.length < content.length) writeFileSync(`${file}.br`, brotli);
    const gzip = gzipSync(content, { level: 9 });
    if (gzip.length < content.length) writeFileSync(`${file}.gz`, gzip);
  }
}

/** Takes over from the build before what the new one has not under that name. @param {string} fresh */
function keepReplaced(fresh) {
  const before = path.join(BUILT, HASHED_FOLDER);
  if (!existsSync(before)) return;
  const now = Date.now();
  const known = JSON.parse(readText(REPLACED) ?? '{}');
  /** @type {Record<string, number>} */
  const replaced = {};
  mkdirSync(path.join(fresh, HASHED_FOLDER), { recursive: true });
  for (const name of readdirSync(before)) {
    const to = path.join(fresh, HASHED_FOLDER, name);
    const since = known[name] ?? now;
    if (existsSync(to) || now - since > REPLACED_KEPT_MS) continue;
    cpSync(path.join(before, name), to, { recursive: true });
    replaced[name] = since;
  }
  writeFileSync(path.join(fresh, REPLACED), JSON.stringify(replaced));
}

/** @param {string} name of a file of the build before @returns {string | undefined} */
function readText(name) {
  try {
    return readFileSync(path.join(BUILT, name), 'utf8');
  } catch {
    return undefined;
  }
}
