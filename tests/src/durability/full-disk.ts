import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk on which a server's data lies, and that can be full. */
export interface FullDisk extends Disposable {
  readonly dataFolder: string;
  /** What a server must be started by to live on it. */
  readonly wrapper: readonly string[];
  /** Leaves the server no room to write more. */
  fill(pid: number): void;
  /** Gives the room back. */
  free(pid: number): void;
}

const DISK_BYTES = 64_000_000;

/** A disk in memory that is really full: writing gives ENOSPC. `undefined` where this user may not mount one. */
export function smallDisk(): FullDisk | undefined {
  if (process.platform !== 'linux' || Bun.which('mount') === null) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-small-disk-'));
  const unmount = () => {
    Bun.spawnSync(['umount', folder]);
    rmSync(folder, { recursive: true });
  };
  if (!succeeds(['mount', '-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder])) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    dataFolder: path.join(folder, 'data'),
    wrapper: [],
    fill: () => writeAll(ballast),
    free: () => rmSync(ballast),
    [Symbol.dispose]: unmount,
  };
}

/** A limit on how far this user's process may write: EFBIG. `undefined` where limits of a running process are fixed. */
export function limitedFiles(): FullDisk | undefined {
  if (Bun.which('prlimit') === null || Bun.which('sh') === null) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-limited-'));
  const dataFolder = path.join(folder, 'data');
  const limit = (pid: number, bytes: number | 'unlimited') => {
    if (!succeeds(['prlimit', '--pid', String(pid), `--fsize=${bytes}:unlimited`]))
      throw new Error('prlimit failed');
  };
  return {
    dataFolder,
    // The signal that goes with the error would end the process: ignored, as a full disk sends none.
    wrapper: ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'],
    fill: (pid) => limit(pid, statSync(path.join(dataFolder, 'log.db-wal')).size),
    free: (pid) => limit(pid, 'unlimited'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function succeeds(command: readonly string[]): boolean {
  return Bun.spawnSync([...command], { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0;
}

/** Writes a file as large as the disk allows. */
function writeAll(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let block = Buffer.alloc(1 << 20); block.length > 0; ) {
      try {
        writeSync(descriptor, block);
      } catch {
        block = block.subarray(0, block.length >> 1);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
