import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SOURCES = path.resolve(import.meta.dir, '../native');

/** Why no layer can be had here, or `undefined`. It needs Linux's LD_PRELOAD and a C compiler. */
export function whyNoNativeLayer(): string | undefined {
  if (process.platform !== 'linux') return 'needs LD_PRELOAD, which only Linux has';
  return Bun.which('cc') === null ? 'needs a C compiler (cc)' : undefined;
}

/**
 * Compiles a layer that is put between a process and the C library, once a version, and gives the library's path.
 *
 * @param name of its source, without `.c`
 */
export async function nativeLayer(name: string): Promise<string> {
  const source = path.join(SOURCES, `${name}.c`);
  const folder = path.join(tmpdir(), `maru-native-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const library = path.join(folder, `${name}-${statSync(source).mtimeMs}.so`);
  if (existsSync(library)) return library;
  // Whoever compiles it at the same time never loads half of it.
  const made = `${library}.${process.pid}`;
  const compiler = Bun.spawn(['cc', '-shared', '-fPIC', '-O2', '-o', made, source, '-ldl', '-lpthread'], {
    stdout: 'ignore',
    stderr: 'pipe',
  });
  const complaint = await new Response(compiler.stderr).text();
  if ((await compiler.exited) !== 0) throw new Error(`cc failed: ${complaint}`);
  renameSync(made, library);
  return library;
}
