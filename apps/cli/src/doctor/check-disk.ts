import type { Check } from './check.ts';
import { measureFsync, percentile, type SyncTimes } from './measure-fsync.ts';

/** Beyond it people notice that a message waits for the disk. */
const P99_MS_GOOD = 50;
const P99_MS_MAX = 1_000;
const P50_MS_GOOD = 15;
/** No disk is that quick: who answers within it has not written. */
const P50_MS_MIN = 0.005;
/** Sends that share an fsync when many talk at once: what one device alone may have in flight. */
const GROUP_SENDS = 64;
/** What the processor allows, whatever the disk does; see docs/benchmarks.md, `durable-send`. */
const SENDS_PER_SECOND_MAX = 30_000;

export function checkDisk(folder: string): Check {
  try {
    return judgeDisk(measureFsync(folder));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const advice = 'Make the data folder one that this user may write in, on a disk with room.';
    return { name: 'disk', state: 'fail', found: `nothing can be written in ${folder} (${code})`, advice };
  }
}

export function judgeDisk(times: SyncTimes): Check {
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const alone = Math.min(SENDS_PER_SECOND_MAX, Math.round(1_000 / Math.max(p50, P50_MS_MIN)));
  const together = Math.min(SENDS_PER_SECOND_MAX, alone * GROUP_SENDS);
  const about = {
    name: 'disk',
    found:
      `fdatasync of 4 KiB: p50 ${ms(p50)}, p99 ${ms(p99)} (${times.length} runs): ` +
      `up to ${alone} sends/s one after the other, up to ${together} where many send at once`,
    values: {
      runs: times.length,
      p50Ms: rounded(p50),
      p99Ms: rounded(p99),
      sendsPerSecondAlone: alone,
      sendsPerSecondTogether: together,
    },
  };
  if (p50 < P50_MS_MIN) {
    const advice =
      'That is quicker than any disk: what is acknowledged may be lost when the power fails. Use a file system that waits.';
    return { ...about, state: 'warn', advice };
  }
  if (p99 > P99_MS_MAX) {
    return {
      ...about,
      state: 'fail',
      advice: 'Use another disk (an SSD): sends would time out on this one.',
    };
  }
  if (p99 > P99_MS_GOOD || p50 > P50_MS_GOOD) {
    const advice = 'Messages wait that long for the disk: use an SSD, or keep other work off this one.';
    return { ...about, state: 'warn', advice };
  }
  return { ...about, state: 'ok' };
}

function ms(time: number): string {
  return `${rounded(time)} ms`;
}

function rounded(time: number): number {
  return Number(time.toPrecision(3));
}
