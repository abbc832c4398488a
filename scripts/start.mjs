// npm start [-- OPTIONS]: installs what is missing, then runs `maru serve OPTIONS` from its bundle.
//
// This process only stands between npm and the server. It passes on the first signal as one SIGTERM, waits while
// the server drains, and exits with its code. The server runs in a process group of its own, because Ctrl-C in a
// terminal reaches the whole group, and npm repeats it: three signals where one was meant. That it ends when this
// process dies without a word is the work of parent-watch.ts, through the channel that is opened here.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  BUN,
  DIST,
  ensureBundle,
  ensureInstalled,
  exitCodeOf,
  fail,
  listenToSignals,
  onSignals,
} from './workspace.mjs';

const DRAIN_MS_MAX = 10_000;
const PARENT_CHECK_MS = 100;

// Before anything that takes time: an npm that dies meanwhile must be missed, too.
const npmIsGone = watchNpm();
listenToSignals();
await ensureInstalled();
await ensureBundle();
if (npmIsGone()) process.exit(exitCodeOf('SIGTERM'));

const server = spawn(
  BUN,
  [
    '--preload',
    path.join(DIST, 'parent-watch.js'),
    path.join(DIST, 'maru.js'),
    'serve',
    ...process.argv.slice(2),
  ],
  { detached: process.platform !== 'win32', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);

let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  // Windows has no signal that a process could handle: there the end of the channel says the same.
  if (process.platform === 'win32') server.disconnect();
  else server.kill('SIGTERM');
  // One second more than the server's own limit: it is to end by itself.
  setTimeout(() => server.kill('SIGKILL'), DRAIN_MS_MAX + 1_000).unref();
}

onSignals(stop);
setInterval(() => npmIsGone() && stop(), PARENT_CHECK_MS).unref();

server.on('error', (error) => fail(`${BUN}: ${error.message}`));
server.on('exit', (code, signal) => process.exit(code ?? exitCodeOf(signal)));

/**
 * Gives what says whether npm has died. npm killed with -9 tells nobody, and the shell that npm starts scripts with keeps
 * a SIGTERM to itself and dies (so npm says 143 then, whatever the server's code). A process whose parent has died gets
 * another one; where the shell stands between (Debian's does, bash steps aside), that may be the shell's parent.
 */
function watchNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => false;
  const parent = process.ppid;
  const shell = processStatus(parent);
  const shellParent = shell?.name.endsWith('sh') ? shell.parent : undefined;
  return () =>
    process.ppid !== parent || (shellParent !== undefined && processStatus(parent)?.parent !== shellParent);
}

/** A process's name and parent, where the system has /proc. @param {number} pid */
function processStatus(pid) {
  try {
    const [, name = '', parent = ''] =
      /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
