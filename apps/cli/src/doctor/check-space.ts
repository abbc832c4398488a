import { statfs } from 'node:fs/promises';
import { bytes } from './bytes.ts';
import type { Check } from './check.ts';

const FREE_BYTES_MIN = 256 * 1024 ** 2;
const FREE_BYTES_GOOD = 2 * 1024 ** 3;
/** About what a short message takes with everything that is kept for it; see docs/benchmarks.md, `bytes`. */
const MESSAGE_BYTES = 300;

/** By statfs(2): file systems on which SQLite's locks or fsync can't be relied on, or which are gone after a restart. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
]);
const MEMORY: ReadonlyMap<number, string> = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
]);

export interface FileSystem {
  readonly type: number;
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

export async function checkSpace(folder: string): Promise<Check> {
  const { type, bavail, blocks, bsize } = await statfs(folder);
  return judgeSpace({ type, freeBytes: bavail * bsize, sizeBytes: blocks * bsize });
}

export function judgeSpace({ type, freeBytes, sizeBytes }: FileSystem): Check {
  const kind = NETWORK.get(type >>> 0) ?? MEMORY.get(type >>> 0) ?? 'local';
  const values = { freeBytes, sizeBytes, kind };
  const messages = Math.floor(freeBytes / MESSAGE_BYTES / 1_000_000);
  const found = `${bytes(freeBytes)} of ${bytes(sizeBytes)} free, room for about ${messages} million short messages`;
  const about = { name: 'space', found, values };
  if (freeBytes < FREE_BYTES_MIN) {
    return {
      ...about,
      state: 'fail',
      advice: `Free at least ${bytes(FREE_BYTES_MIN)}, or use another disk with --data DIR.`,
    };
  }
  if (MEMORY.has(type >>> 0)) {
    const advice = `This is ${kind}: everything is gone after a restart. Name a folder on a disk with --data DIR.`;
    return { ...about, state: 'fail', advice };
  }
  if (NETWORK.has(type >>> 0)) {
    const advice = `This is ${kind}: SQLite's locks and fsync are not to be relied on there. Use a disk of this machine.`;
    return { ...about, state: 'warn', advice };
  }
  if (freeBytes < FREE_BYTES_GOOD) {
    const advice = 'When the disk is full, sends are refused until there is room: make some now.';
    return { ...about, state: 'warn', advice };
  }
  return { ...about, state: 'ok' };
}
