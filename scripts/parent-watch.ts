// Loaded into the server by `npm start` (bun --preload): the server's way to notice that its parent is gone.
//
// The contract: the parent starts the server with an IPC channel, sends nothing on it, and holds it open as long as
// it lives. Its end means that the parent has died, however it died. The server's handlers for SIGTERM then run as
// if the parent had sent it; if the server is still there after the time for draining, it is ended. (The handlers
// are called, not the signal sent: on Windows a signal ends a process without calling them.) A server started
// without a channel watches nothing.
//
// A channel and not a bare pipe: Bun 1.4 tells of the end of a pipe only to a reader that keeps the process alive
// (net.Socket on a descriptor says nothing at all), and then a server that is through could not end by itself.

const DRAIN_MS_MAX = 10_000;

if (Bun.isMainThread && process.connected) {
  process.on('disconnect', () => {
    if (process.listenerCount('SIGTERM') === 0) process.exit(143);
    process.emit('SIGTERM', 'SIGTERM');
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
  });
}
