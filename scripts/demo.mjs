// npm run demo [-- OPTIONS]: installs and builds what is missing, as npm start does, then runs the demonstration.
//
// The demonstration runs in a group of its own, so that the Ctrl+C of a terminal reaches it once, through here.

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
  ROOT,
} from './workspace.mjs';

// As npm start does: an npm that dies takes the demonstration with it.
const npmIsGone = watchNpm();
listenToSignals();
await ensureInstalled();
await ensureBundle();
await ensureWebApp();
if (npmIsGone()) process.exit(exitCodeOf('SIGTERM'));

const preload = ['--preload', path.join(ROOT, 'scripts', 'parent-watch.ts')];
const main = path.join(ROOT, 'apps', 'web', 'demo', 'main.ts');
const maru = ['--maru', path.join(DIST, 'maru.js')];
const demo = spawn(BUN, [...preload, main, ...maru, ...process.argv.slice(2)], {
  detached: process.platform !== 'win32',
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});

function stop() {
  // Windows has no signal that a process could handle: there the end of the channel says the same.
  if (process.platform !== 'win32') demo.kill('SIGTERM');
  else if (demo.connected) demo.disconnect();
}

onSignals(stop);
whenGone(npmIsGone, stop);
demo.on('error', (error) => fail(`${BUN}: ${error.message}`));
demo.on('exit', (code, signal) => process.exit(code ?? exitCodeOf(signal)));
