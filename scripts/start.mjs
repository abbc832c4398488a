// npm start [-- OPTIONS]: installs what is missing, then runs `maru serve OPTIONS` from its bundle.
//
// This process only stands between npm and the server. It passes on the first signal as one SIGTERM, waits while
// the server drains, and exits with its code. The server runs in a process group of its own, because Ctrl-C in a
// terminal reaches the whole group, and npm repeats it: three signals where one was meant. That it ends when this
// process dies without a word is the work of parent-watch.ts, through the pipe that is opened here as descriptor 3.

import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  BUN,
  DIST,
  endChildrenOnSignals,
  ensureBundle,
  ensureInstalled,
  exitCodeOf,
  fail,
} from './workspace.mjs';

const DRAIN_MS_MAX = 10_000;
const PARENT_CHECK_MS = 500;
const PARENT_PIPE_FD = 3;

endChildrenOnSignals();
await ensureInstalled();
await ensureBundle();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);

const server = spawn(
  BUN,
  [
    '--preload',
    path.join(DIST, 'parent-watch.js'),
    path.join(DIST, 'maru.js'),
    'serve',
    ...process.argv.slice(2),
  ],
  {
    // The data folder is given relative to where the command was typed, which npm keeps in INIT_CWD.
    cwd: process.cwd(),
    detached: process.platform !== 'win32',
    env: { ...process.env, MARU_PARENT_PIPE: String(PARENT_PIPE_FD) },
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  },
);

let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  // Windows has no signal that a process could handle: there the end of the pipe says the same.
  if (process.platform === 'win32') server.stdio[PARENT_PIPE_FD]?.destroy();
  else server.kill('SIGTERM');
  // One second more than the server's own limit: it is to end by itself.
  setTimeout(() => server.kill('SIGKILL'), DRAIN_MS_MAX + 1_000).unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

// npm killed with -9 tells nobody; on POSIX systems its children get another parent.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
}

server.on('error', (error) => fail(`${BUN}: ${error.message}`));
server.on('exit', (code, signal) => process.exit(code ?? exitCodeOf(signal)));
