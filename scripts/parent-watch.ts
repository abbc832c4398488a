// Loaded into the server by `npm start` (bun --preload): the server's way to notice that its parent is gone.
//
// The contract: MARU_PARENT_PIPE names a file descriptor on which nothing is ever written and which the parent holds
// open as long as it lives. Its end means that the parent has died, however it died. The server's handlers for
// SIGTERM then run as if the parent had sent it; if the server is still there after the time for draining, it is
// ended. (The handlers are called, not the signal sent: on Windows a signal ends a process without calling them.)
// Without the variable nothing is watched.

import { Socket } from 'node:net';

const DRAIN_MS_MAX = 10_000;

const fd = Number(process.env.MARU_PARENT_PIPE ?? Number.NaN);
// A process the server starts itself has another parent.
delete process.env.MARU_PARENT_PIPE;

if (Number.isInteger(fd)) {
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.on('error', drain);
  pipe.on('close', drain);
  pipe.resume();
  pipe.unref();
}

let draining = false;

function drain(): void {
  if (draining) return;
  draining = true;
  if (process.listenerCount('SIGTERM') === 0) process.exit(143);
  process.emit('SIGTERM', 'SIGTERM');
  setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
}
