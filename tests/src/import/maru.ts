import path from 'node:path';

/** The command as a user has it. Started, not imported: only the command line is known of it here. */
const MAIN = path.resolve(import.meta.dir, '../../../apps/cli/src/main.ts');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Starts `maru ARGS`. */
export function startMaru(...args: string[]) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('MARU_'));
  return Bun.spawn([process.execPath, MAIN, ...args], {
    env: Object.fromEntries(environment),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

/** Runs `maru ARGS` to its end. */
export async function maru(...args: string[]): Promise<Ran> {
  const child = startMaru(...args);
  const [code, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, out, err };
}
