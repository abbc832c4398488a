// npm start [-- OPTIONS]: installs what is missing, builds what is not built, then runs `maru serve OPTIONS` from its bundle.
//
// This process only stands between npm and the server. It passes on the first signal as one SIGTERM, waits while
// the server drains, and exits with its code. The server runs in a process group of its own, because Ctrl-C in a
// terminal reaches the whole group, and npm repeats it: three signals where one was meant. That it ends when this
// process dies without a word is the work of parent-watch.ts, through the channel that is opened here.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { watchNpm, whenGone } from './watch-npm.mjs';
import { ensureWebApp } from './web-app.mjs';
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

// Before anything that takes time: an npm that dies meanwhile must be missed, too.
const npmIsGone = watchNpm();
listenToSignals();
await ensureInstalled();
await ensureBundle();
if (!namesWebApp(process.argv.slice(2))) await ensureWebApp();
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
whenGone(npmIsGone, stop);

server.on('error', (error) => fail(`${BUN}: ${error.message}`));
server.on('exit', (code, signal) => process.exit(code ?? exitCodeOf(signal)));

/** Whether the operator says which app is to be served, if any. @param {readonly string[]} options */
function namesWebApp(options) {
  return process.env.MARU_WEB !== undefined || options.some((option) => /^--web(=|$)/.test(option));
}
