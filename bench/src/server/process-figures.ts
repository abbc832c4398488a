/** Memory and processor time of another process, where the system tells them (Linux: /proc). */
import { existsSync, readFileSync } from 'node:fs';

/** Why there is no figure, for the note of a row. */
export const NO_PROC = 'skipped: this system has no /proc';

/** Of the clock in /proc/PID/stat; Linux shows it to programs as 100 whatever the kernel's own is (proc(5)). */
const TICKS_PER_SECOND = 100;

function hasProc(): boolean {
  return existsSync('/proc/self/stat');
}

/** Resident memory in bytes, shared pages included. */
export function residentBytes(pid: number): number | undefined {
  if (!hasProc()) return undefined;
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** Processor time that the process has taken in all its threads, in seconds. */
function processorSeconds(pid: number): number | undefined {
  if (!hasProc()) return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold anything; utime and stime are the 12th and 13th fields behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Per cent of a core that the process takes from now on for so long. */
export async function processorShare(pid: number, ms: number): Promise<number | undefined> {
  const [from, begin] = [processorSeconds(pid), performance.now()];
  await Bun.sleep(ms);
  const [to, end] = [processorSeconds(pid), performance.now()];
  return from === undefined || to === undefined ? undefined : ((to - from) * 1_000 * 100) / (end - begin);
}
