import { readFile } from 'node:fs/promises';
import type { Check } from './check.ts';

/** Files that a server has open besides its sessions' sockets. */
const OWN_FILES = 100;

export async function checkFileLimit(sessions: number): Promise<Check> {
  return judgeFileLimit(await fileLimit(), sessions);
}

/** @param limit open files that a process may have; `undefined` if that can't be told */
export function judgeFileLimit(limit: number | undefined, sessions: number): Check {
  const needed = sessions + OWN_FILES;
  if (limit === undefined) {
    const found = `can't be told here; ${sessions} sessions need ${needed}`;
    return { name: 'file-limit', state: 'ok', found, values: { needed } };
  }
  const shown = limit === Number.POSITIVE_INFINITY ? 'unlimited' : String(limit);
  const about = {
    name: 'file-limit',
    found: `${shown} open files; ${sessions} sessions need ${needed}`,
    values: { limit: shown, needed },
  };
  if (limit >= needed) return { ...about, state: 'ok' };
  const advice = `Raise it: ulimit -n ${needed} before maru serve, or LimitNOFILE=${needed} in its systemd unit.`;
  return { ...about, state: limit < OWN_FILES ? 'fail' : 'warn', advice };
}

/** The limit of this process, which is what a server started here has: the runtime takes as many as it may. */
async function fileLimit(): Promise<number | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => undefined);
  const line = limits?.split('\n').find((one) => one.startsWith('Max open files'));
  const given = line?.split(/ {2,}/)[1] ?? (await ulimit());
  if (given === undefined) return undefined;
  return given === 'unlimited' ? Number.POSITIVE_INFINITY : Number(given);
}

/** Where there is no /proc: macOS, BSD. */
async function ulimit(): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  const shell = Bun.spawn(['sh', '-c', 'ulimit -n'], { stdout: 'pipe', stderr: 'ignore' });
  const text = (await new Response(shell.stdout).text()).trim();
  return /^(\d+|unlimited)$/.test(text) ? text : undefined;
}
