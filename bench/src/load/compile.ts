/** The load generator in C, compiled at first use and kept outside the tree. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const SOURCES = path.resolve(import.meta.dir, '../../load');
const FLAGS = ['-O2', '-std=gnu11', '-Wall', '-Wextra'];

/** The program, or why there is none. */
export type Compiled = { readonly program: string; readonly compiler: string } | { readonly reason: string };

/** Compiles what is in bench/load, unless that has been done before. */
export function compileGenerator(): Compiled {
  if (process.platform !== 'linux')
    return { reason: `it stands on epoll, which ${process.platform} has not` };
  const compiler = Bun.which('cc');
  if (compiler === null) return { reason: 'no cc was found' };
  const files = readdirSync(SOURCES)
    .filter((name) => /\.[ch]$/.test(name))
    .sort();
  const hash = createHash('sha256').update(`${compiler} ${process.arch} ${FLAGS.join(' ')}`);
  for (const file of files) hash.update(readFileSync(path.join(SOURCES, file)));
  const folder = path.join(cacheFolder(), 'maru-bench');
  const program = path.join(folder, `maru-load-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return { program, compiler };
  mkdirSync(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const sources = files.filter((name) => name.endsWith('.c')).map((name) => path.join(SOURCES, name));
  const { exitCode, stderr } = Bun.spawnSync([compiler, ...FLAGS, '-o', unfinished, ...sources]);
  if (exitCode !== 0)
    return { reason: `cc failed: ${stderr.toString().trim().split('\n').slice(0, 3).join(' ')}` };
  renameSync(unfinished, program);
  return { program, compiler };
}

function cacheFolder(): string {
  return process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
}
