import type { Logger } from '../ports/logger.ts';
import { OWN_FILES, openFilesIn, processLimits } from './file-limit.ts';

/**
 * Says at the start if one address could use up the files that this process may have open: connections that never
 * become sockets are files, too, and nothing in the server counts them.
 */
export async function noticeFileLimit(socketsPerAddressMax: number, log: Logger): Promise<void> {
  // Elsewhere than on Linux nothing is known here, and `maru doctor` has other ways to look.
  judgeFileLimit(await processLimits(), socketsPerAddressMax, log);
}

/** @param limits as `processLimits` gives them */
export function judgeFileLimit(limits: string, socketsPerAddressMax: number, log: Logger): void {
  const limit = openFilesIn(limits) ?? Number.POSITIVE_INFINITY;
  const needed = 2 * socketsPerAddressMax + OWN_FILES;
  if (limit >= needed) return;
  log.warn(
    { limit, needed },
    'one address can use up the files that may be open: raise the limit (ulimit -n, LimitNOFILE), and see docs/operations/tls.md',
  );
}
