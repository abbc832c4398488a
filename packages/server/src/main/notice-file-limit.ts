import { readFile } from 'node:fs/promises';
import type { Logger } from '../ports/logger.ts';

/** Files that a server has open besides its sockets. */
const OWN_FILES = 100;

/**
 * Says at the start if one address could use up the files that this process may have open: connections that never
 * become sockets are files, too, and nothing in the server counts them.
 */
export async function noticeFileLimit(socketsPerAddressMax: number, log: Logger): Promise<void> {
  // Elsewhere than on Linux there is no such file, and `maru doctor` has other ways to look.
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  judgeFileLimit(limits, socketsPerAddressMax, log);
}

/** @param limits as `/proc/self/limits` has it */
export function judgeFileLimit(limits: string, socketsPerAddressMax: number, log: Logger): void {
  const limit = Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  const needed = 2 * socketsPerAddressMax + OWN_FILES;
  if (limit >= needed) return;
  log.warn(
    { limit, needed },
    'one address can use up the files that may be open: raise the limit (ulimit -n, LimitNOFILE), and see docs/operations/tls.md',
  );
}
