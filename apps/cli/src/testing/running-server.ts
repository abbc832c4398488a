import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { linesOf } from './lines-of.ts';

export const MAIN = path.resolve(import.meta.dir, '../main.ts');

/** A folder for one test, gone when the test is. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-serve-'));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs `maru ARGS` to its end. */
export async function maru(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  await using process = start(args);
  const [code, out, err] = await Promise.all([
    process.child.exited,
    new Response(process.child.stdout).text(),
    new Response(process.child.stderr).text(),
  ]);
  return { code, out, err };
}

export interface RunningServer extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  /** What it said when it was there. */
  readonly lines: readonly string[];
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code. */
  readonly exited: Promise<number>;
  /** All that it has logged, once it has ended. */
  readonly logged: Promise<string>;
  /** Resolves when it has logged a line with this in it; rejects if it ends without. */
  says(text: string): Promise<void>;
}

/** Starts `maru serve` on a free port, which it may come back to, and waits until it is there. */
export async function serve(data: string, ...args: string[]): Promise<RunningServer> {
  const { child, ...ending } = start(['serve', '--port', freePort(), '--data', data, ...args]);
  const [watched, kept] = child.stderr.tee();
  const logged = new Response(kept).text();
  const said = linesOf(watched);
  const lines: string[] = [];
  const reader = linesOf(child.stdout);
  while (lines.length < 3) {
    const { value, done } = await reader.next();
    if (done) throw new Error(`ended with ${await child.exited}: ${await logged}`);
    lines.push(value);
  }
  // What it says later is read, too, so that its pipe never fills.
  const rest = (async () => {
    for await (const line of reader) lines.push(line);
  })();
  const [, url] = /(?:listening on|is at) (https?:\/\/[^\s/,]+) /.exec(lines[0] ?? '') ?? [];
  if (url === undefined) throw new Error(`no URL in ${lines[0]}`);
  const exited = child.exited.then(async (code) => {
    await rest;
    return code;
  });
  async function says(text: string): Promise<void> {
    for (;;) {
      const { value, done } = await said.next();
      if (done === true) throw new Error(`ended without having logged ${text}`);
      if (value.includes(text)) return;
    }
  }
  const kill = (signal: NodeJS.Signals) => child.kill(signal);
  return { url, lines, pid: child.pid, kill, exited, logged, says, ...ending };
}

/** The invite of the server's first start, as `--invite` takes it. */
export function firstInvite({ lines }: RunningServer): string {
  return /--invite (\S+)/.exec(lines[1] ?? '')?.[1] ?? '';
}

function start(args: readonly string[]) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('MARU_'));
  const child = Bun.spawn([process.execPath, MAIN, ...args], {
    env: Object.fromEntries(environment),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  return {
    child,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await child.exited;
    },
  };
}
