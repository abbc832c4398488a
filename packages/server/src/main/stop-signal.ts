/**
 * Resolves when this process is told to stop: by SIGTERM, by Ctrl-C, or by the end of the terminal. `npm start` sends
 * the first of these also when it is itself ended without a word (see `scripts/parent-watch.ts`). What comes after the
 * first changes nothing.
 */
export function stopSignal(): Promise<'stop'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve('stop'));
  });
}
