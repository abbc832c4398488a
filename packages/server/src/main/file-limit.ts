import { readFile } from 'node:fs/promises';

/** Files that a server has open besides its sockets. */
export const OWN_FILES = 100;

/** The limits of this process as Linux has them (proc(5)); empty elsewhere. */
export function processLimits(): Promise<string> {
  return readFile('/proc/self/limits', 'utf8').catch(() => '');
}

/**
 * How many files a process may have open.
 *
 * @param limits as {@link processLimits} gives them; `undefined` where they don't say
 */
export function openFilesIn(limits: string): number | undefined {
  const [, given] = /^Max open files +(\d+|unlimited)/m.exec(limits) ?? [];
  if (given === undefined) return undefined;
  return given === 'unlimited' ? Number.POSITIVE_INFINITY : Number(given);
}
