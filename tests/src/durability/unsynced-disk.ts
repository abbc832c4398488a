import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SOURCE = path.resolve(import.meta.dir, '../../native/discard-unsynced.c');

/** Why the layer can't be had here, or `undefined`. It needs Linux's LD_PRELOAD and a C compiler. */
export function whyNoUnsyncedDisk(): string | undefined {
  if (process.platform !== 'linux') return 'needs LD_PRELOAD, which only Linux has';
  return Bun.which('cc') === null ? 'needs a C compiler (cc)' : undefined;
}

/** Compiles the layer that discards unsynced writes, once a version, and gives the library's path. */
export async function unsyncedDiskLibrary(): Promise<string> {
  const folder = path.join(tmpdir(), `maru-native-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const library = path.join(folder, `discard-unsynced-${statSync(SOURCE).mtimeMs}.so`);
  if (existsSync(library)) return library;
  const compiler = Bun.spawn(['cc', '-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl', '-lpthread'], {
    stdout: 'ignore',
    stderr: 'pipe',
  });
  const complaint = await new Response(compiler.stderr).text();
  if ((await compiler.exited) !== 0) throw new Error(`cc failed: ${complaint}`);
  return library;
}

/** The environment under which a process's data folder forgets what it did not sync. */
export function unsyncedDiskEnvironment(library: string, disk: string, synced: string, syncFails?: string) {
  return {
    LD_PRELOAD: library,
    MARU_DISK: disk,
    MARU_SYNCED: synced,
    ...(syncFails !== undefined && { MARU_SYNC_FAILS: syncFails }),
  };
}
