/** A server of its own process: Maru as `npm start` runs it, or one of the references. */
import path from 'node:path';
import { linesOf } from './lines-of.ts';

const ROOT = path.resolve(import.meta.dir, '../../..');
const REFERENCES = path.resolve(import.meta.dir, '../reference');

/** Rates of the bench: what is measured is the server's speed and not its limits. */
export const RATE_FLAGS: readonly string[] = [
  '--rate-commands=1000000',
  '--rate-bytes=100000000',
  '--rate-log-ins=1000',
  '--sockets-per-address-max=100000',
  '--group-members-max=1000',
];

export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Tells it to stop and waits until it has; throws if it did not end well. */
  stop(): Promise<void>;
}

/** The command line of `maru serve` from the bundle, as `npm start` runs it. */
export function maruCommand(dataFolder: string, port: number): string[] {
  const program = path.join(ROOT, 'dist', 'maru.js');
  const flags = ['--data', dataFolder, '--port', String(port), '--log-level', 'warn', ...RATE_FLAGS];
  return [process.execPath, program, 'serve', ...flags];
}

/** Makes the bundle as `npm start` does, where the sources have changed. */
export async function ensureBundle(): Promise<void> {
  const workspace: { ensureBundle(): Promise<void> } = await import(path.join(ROOT, 'scripts/workspace.mjs'));
  await workspace.ensureBundle();
}

export async function startMaru(dataFolder: string, ...flags: readonly string[]): Promise<ServerProcess> {
  return await startProcess([...maruCommand(dataFolder, 0), ...flags], (line) =>
    Number(/https?:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? Number.NaN),
  );
}

/** @param name a file of src/reference; its arguments are given with PORT as 0 */
export async function startReference(name: string, ...args: readonly string[]): Promise<ServerProcess> {
  const command = [process.execPath, path.join(REFERENCES, `${name}.ts`), ...args];
  return await startProcess(command, (line) => Number(JSON.parse(line).port));
}

async function startProcess(command: string[], portIn: (line: string) => number): Promise<ServerProcess> {
  const child = Bun.spawn(command, { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const complaint = new Response(child.stderr).text();
  const lines = linesOf(child.stdout);
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the server did not start: ${await complaint}`);
    const port = portIn(value);
    if (!Number.isInteger(port)) continue;
    return {
      port,
      pid: child.pid,
      async stop() {
        child.kill('SIGTERM');
        const code = await child.exited;
        if (code !== 0) throw new Error(`the server ended with ${code}: ${await complaint}`);
      },
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL');
        await child.exited;
      },
    };
  }
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const listener = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}
