import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

const BLOCK_BYTES = 4_096;
const WRITES_MAX = 500;
const MS_MAX = 2_000;

/** Milliseconds of each write of 4 KiB with fdatasync(2) behind it, rising. */
export type SyncTimes = readonly number[];

/**
 * Does what a commit does, in a file of its own that is gone afterwards: for two seconds at most.
 *
 * @throws where the folder may not be written
 */
export function measureFsync(folder: string): SyncTimes {
  const file = path.join(folder, `.maru-doctor-${process.pid}`);
  const handle = openSync(file, 'wx', 0o600);
  try {
    const block = new Uint8Array(BLOCK_BYTES).fill(0x6d);
    const times: number[] = [];
    const end = performance.now() + MS_MAX;
    while (times.length < WRITES_MAX && performance.now() < end) {
      const begin = performance.now();
      writeSync(handle, block);
      fdatasyncSync(handle);
      times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

/** The time that a share of all stay below. */
export function percentile(times: SyncTimes, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
