import { readFile } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { bytes } from './bytes.ts';
import type { Check } from './check.ts';

const MIB = 1024 ** 2;
/** A server at rest, with room for a burst; and a session; see docs/benchmarks.md, `start` and `idle`. */
const SERVER_BYTES = 150 * MIB;
const SESSION_BYTES = 12 * 1024;
const SERVER_BYTES_MIN = 80 * MIB;

export async function checkMemory(sessions: number): Promise<Check> {
  const limit = Number(await readFile('/sys/fs/cgroup/memory.max', 'utf8').catch(() => 'max'));
  const used = Number(await readFile('/sys/fs/cgroup/memory.current', 'utf8').catch(() => '0'));
  const ofCgroup = Number.isFinite(limit) ? Math.max(0, limit - used) : Number.POSITIVE_INFINITY;
  const total = Number.isFinite(limit) ? Math.min(limit, totalmem()) : totalmem();
  return judgeMemory({ available: Math.min(await available(), ofCgroup), total }, sessions);
}

export function judgeMemory(memory: { available: number; total: number }, sessions: number): Check {
  const { available, total } = memory;
  const needed = SERVER_BYTES + sessions * SESSION_BYTES;
  const about = {
    name: 'memory',
    found: `${bytes(available)} of ${bytes(total)} available, ${availableParallelism()} processors; ${sessions} sessions need about ${bytes(needed)}`,
    values: { availableBytes: available, totalBytes: total, neededBytes: needed },
  };
  if (available < SERVER_BYTES_MIN) {
    return {
      ...about,
      state: 'fail',
      advice: `Free some: a server needs ${bytes(SERVER_BYTES_MIN)} to start.`,
    };
  }
  if (available < needed) {
    return {
      ...about,
      state: 'warn',
      advice: 'Expect fewer sessions here, or give the machine more memory.',
    };
  }
  return { ...about, state: 'ok' };
}

/** What can be had without swapping: on Linux more than what is free, for caches give way. */
async function available(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kib === undefined ? freemem() : Number(kib) * 1024;
}
