import { OWN_FILES, openFilesIn, processLimits } from '@maru/server';
import type { Check } from './check.ts';

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
  return openFilesIn(await processLimits()) ?? (await ulimit());
}

/** Where there is no /proc: macOS, BSD. */
async function ulimit(): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  const shell = Bun.spawn(['sh', '-c', 'ulimit -n'], { stdout: 'pipe', stderr: 'ignore' });
  const text = (await new Response(shell.stdout).text()).trim();
  if (text === 'unlimited') return Number.POSITIVE_INFINITY;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
