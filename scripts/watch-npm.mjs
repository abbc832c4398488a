import { readFileSync } from 'node:fs';

/** How often it is asked. */
const PARENT_CHECK_MS = 100;

/**
 * Gives what says whether npm has died. npm killed with -9 tells nobody, and the shell that npm starts scripts with keeps
 * a SIGTERM to itself and dies (so npm says 143 then, whatever the server's code). A process whose parent has died gets
 * another one; where the shell stands between (Debian's does, bash steps aside), that may be the shell's parent.
 */
export function watchNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => false;
  const parent = process.ppid;
  const shell = processStatus(parent);
  const shellParent = shell?.name.endsWith('sh') ? shell.parent : undefined;
  return () =>
    process.ppid !== parent || (shellParent !== undefined && processStatus(parent)?.parent !== shellParent);
}

/** Does something once, when it is seen that npm has died; keeps no process alive. @param {() => boolean} npmIsGone @param {() => void} then */
export function whenGone(npmIsGone, then) {
  const watch = setInterval(() => {
    if (!npmIsGone()) return;
    clearInterval(watch);
    then();
  }, PARENT_CHECK_MS).unref();
}

/** A process's name and parent, where the system has /proc. @param {number} pid */
function processStatus(pid) {
  try {
    const [, name = '', parent = ''] =
      /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
