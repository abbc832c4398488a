// What start and test share: where things are, how to run a tool, and how to have everything installed.
// Plain Node, no dependencies: it runs before anything is installed, on Linux, macOS and Windows.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const DIST = path.join(ROOT, 'dist');

const POSIX = process.platform !== 'win32';

// The npm package `bun` puts the program for every platform under this name.
export const BUN = path.join(ROOT, 'node_modules', 'bun', 'bin', 'bun.exe');
const BUN_INSTALL = path.join(ROOT, 'node_modules', 'bun', 'install.js');
const SOURCE_FOLDERS = ['packages/protocol', 'packages/server', 'packages/client', 'apps/cli'];

/** @typedef {{ code: number, output: string, timedOut: boolean }} Outcome */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end without a shell and collects what it prints.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ live?: boolean, cwd?: string, timeoutMs?: number, env?: Readonly<Record<string, string>> }} [options]
 *   `live` also shows the output as it comes; `env` is added to this process's.
 * @returns {Promise<Outcome>}
 */
export function run(file, args, { live = false, cwd = ROOT, timeoutMs, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that all that it starts can be ended with it.
      detached: POSIX,
      windowsHide: true,
    });
    running.add(child);
    /** @type {Buffer[]} */
    const chunks = [];
    let timedOut = false;
    const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
    function stop() {
      timedOut = true;
      signalGroup(child, 'SIGKILL');
    }
    /** @param {number} code @param {string} [extra] */
    function settle(code, extra = '') {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra, timedOut });
    }
    for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
      child[stream].on('data', (chunk) => {
        chunks.push(chunk);
        if (live) process[stream].write(chunk);
      });
    }
    child.on('error', (error) => settle(127, `${file}: ${error.message}\n`));
    child.on('close', (code, signal) =>
      settle(code ?? exitCodeOf(signal), signal === null ? '' : `ended by ${signal}\n`),
    );
  });
}

/**
 * Runs a script of an installed npm package with Node.
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(script, args, options) {
  return run(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], options);
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (!POSIX || child.pid === undefined) return void child.kill(signal);
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** The exit code a shell would report for a process ended by a signal. @param {NodeJS.Signals | null} signal */
export function exitCodeOf(signal) {
  return 128 + (signal === null ? 0 : (constants.signals[signal] ?? 0));
}

/** @type {(signal: NodeJS.Signals) => void} */
let answerSignal = (signal) => {
  for (const child of running) signalGroup(child, 'SIGTERM');
  process.exit(exitCodeOf(signal));
};

/**
 * Answers the signals that ask this process to end. Until `onSignals` says otherwise: ends what `run` has started,
 * then this process. The listeners stay for good and only what they call changes: Node 20 loses the signals of
 * a listener that is added soon after the last one was removed.
 */
export function listenToSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => answerSignal(signal));
  }
}

/** @param {() => void} answer */
export function onSignals(answer) {
  answerSignal = answer;
}

/**
 * Installs what is missing: packages as package-lock.json names them, and Bun's program. Says nothing when
 * nothing is to be done.
 * @returns {Promise<void>}
 */
export async function ensureInstalled() {
  if (isInstalled(ROOT) && hasBun()) return;
  console.error('Installing (once; needs the network) …');
  if (!isInstalled(ROOT)) {
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const [file, first] = npmCommand();
    const { code, output } = await run(file, [...first, ...args]);
    if (code !== 0) fail(`npm ci failed:\n${output}`);
  }
  if (hasBun()) return;
  // Bun's own install script did not run (npm was told to ignore scripts).
  const { output } = await run(process.execPath, [BUN_INSTALL]);
  if (!hasBun()) fail(`Bun could not be installed for ${process.platform}-${process.arch}:\n${output}`);
}

/**
 * Whether node_modules is what package-lock.json says. npm leaves a copy of the lock behind as the last step of an
 * install, so an interrupted one counts as missing.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'));
  const present = lockedPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.startsWith('node_modules/') && !where.includes('/node_modules/')) return true;
    const found = present[where];
    if (found === undefined) return entry.optional === true;
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      existsSync(path.join(root, where))
    );
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Bun's program came out of its package: until then its place is held by a stub of a few hundred bytes. */
function hasBun() {
  return existsSync(BUN) && statSync(BUN).size > 1_000_000;
}

/**
 * npm as a program and first arguments. `npm.cmd` needs a shell on Windows, so npm's script is run with Node.
 * @returns {[string, string[]]}
 */
function npmCommand() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  for (const script of candidates) {
    if (script?.endsWith('npm-cli.js') && existsSync(script)) return [process.execPath, [script]];
  }
  return ['npm', []];
}

/** Builds dist/ when it is missing or made from other sources. */
export async function ensureBundle() {
  const fingerprint = sourceFingerprint();
  if (existsSync(path.join(DIST, 'maru.js')) && readStamp() === fingerprint) return;
  const { code, output } = await run(BUN, [path.join(ROOT, 'scripts', 'build.mjs'), fingerprint]);
  if (code !== 0) fail(`The bundle could not be built:\n${output}`);
}

function readStamp() {
  try {
    return readFileSync(path.join(DIST, 'made-from'), 'utf8');
  } catch {
    return undefined;
  }
}

function sourceFingerprint() {
  return fingerprintOf([
    'package-lock.json',
    'scripts/build.mjs',
    ...SOURCE_FOLDERS.flatMap((folder) => sourceFiles(`${folder}/src`)),
  ]);
}

/**
 * Names every file with its size and time, so that a change in either direction is noticed.
 * @param {readonly string[]} files paths from the root
 */
export function fingerprintOf(files) {
  return files
    .map((file) => {
      const { size, mtimeMs } = statSync(path.join(ROOT, file));
      return `${file} ${size} ${mtimeMs}\n`;
    })
    .join('');
}

/**
 * All files below a folder, as paths from the root with forward slashes, sorted. Tests are left out, and what is
 * installed or built.
 * @param {string} folder
 * @returns {string[]}
 */
export function sourceFiles(folder) {
  const at = path.join(ROOT, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true })
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return isMade(entry.name) ? [] : sourceFiles(file);
      return entry.name.endsWith('.test.ts') ? [] : [file];
    })
    .sort();
}

/** A folder that holds no sources. @param {string} name */
function isMade(name) {
  return /^(node_modules|dist(\.\d+\.tmp)?|coverage|test-results|playwright-report)$/.test(name);
}

/** @param {string} message @returns {never} */
export function fail(message) {
  console.error(message.trimEnd());
  process.exit(1);
}
