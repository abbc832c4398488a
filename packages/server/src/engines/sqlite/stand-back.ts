import { readlinkSync } from 'node:fs';
import os from 'node:os';

/** So much nicer than the process: about a tenth of a share where the others want all there is. */
const NICER = 10;
const NICENESS_MAX = 19;

/**
 * Lets the thread that calls it stand back behind the others of the process, where the system has priorities of threads
 * (Linux: setpriority(2) takes a thread's id). Elsewhere, and where it is forbidden, nothing changes.
 */
export function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    os.setPriority(thread, Math.min(os.getPriority() + NICER, NICENESS_MAX));
  } catch {
    // It only makes the others wait a little longer.
  }
}
