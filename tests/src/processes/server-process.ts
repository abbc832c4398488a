import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The command as a user has it. Started, not imported: only the command line is known of it here. */
const MAIN = path.resolve(import.meta.dir, '../../../apps/cli/src/main.ts');
const FROM_SOURCES = [process.execPath, MAIN, 'serve'];
/** Below the ports that the system gives to outgoing connections, so that nobody takes it while the server is down. */
const PORTS = { from: 15_000, to: 30_000 };
const PORT_TRIES = 20;
/** Exit code of a port in use, among others. */
const USAGE_ERROR = 2;

export interface ServerOptions {
  /** Absent: a temporary one, which goes with the server. */
  readonly dataFolder?: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What `maru serve` is run by, to which its options are added; the sources unless given. */
  readonly serve?: readonly string[];
  /** A command that runs the server's command line, given behind it. */
  readonly wrapper?: readonly string[];
}

/** Rates out of the way of tests that are about something else. */
export const FREE_RATES: readonly string[] = [
  '--rate-commands=1000000',
  '--rate-bytes=1000000000',
  '--rate-log-ins=1000000',
  '--sockets-per-address-max=100000',
];

/** One of those by chance; somebody may have it. */
export function anyPort(): number {
  return PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
}

/** The real server in a process of its own, which keeps its port and its data over its deaths. */
export class ServerProcess implements AsyncDisposable {
  readonly dataFolder: string;
  readonly #options: ServerOptions;
  readonly #made: boolean;
  #port = 0;
  #child: Child | undefined;
  /** Resolves when all is read that the one that runs wrote, or ran last. */
  #read: Promise<void> = Promise.resolve();
  /** How often it was started. */
  starts = 0;
  /** Everything that it wrote to standard error in all its lives. */
  logged = '';

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.#made = options.dataFolder === undefined;
    this.dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'maru-whole-'));
  }

  /** Starts it on a free port and resolves when it listens. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    for (let tries = 1; ; tries++) {
      server.#port = anyPort();
      try {
        await server.restart();
        return server;
      } catch (error) {
        const taken = error instanceof ServerEnded && error.exitCode === USAGE_ERROR;
        if (taken && tries < PORT_TRIES && error.message.includes('is in use')) continue;
        await server[Symbol.asyncDispose]();
        throw error;
      }
    }
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#running().pid;
  }

  /** Its exit code, once all that it logged is read, too; of a signal, 128 and its number. */
  get exited(): Promise<number> {
    const [{ exited }, read] = [this.#running(), this.#read];
    return read.then(() => exited);
  }

  /** Starts it again on the same port and data, once it has ended. */
  async restart(): Promise<void> {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null)
      throw new Error('the server still runs');
    const { flags = [], environment = {}, serve = FROM_SOURCES, wrapper = [] } = this.#options;
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MARU_'));
    const options = ['--port', String(this.#port), '--data', this.dataFolder, ...flags];
    const child = Bun.spawn([...wrapper, ...serve, ...options], {
      env: { ...Object.fromEntries(own), ...environment },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    this.#child = child;
    this.starts++;
    const before = this.logged.length;
    this.#read = this.#collect(child.stderr);
    if (await listens(child.stdout)) return;
    const exitCode = await this.exited;
    throw new ServerEnded(exitCode, this.logged.slice(before));
  }

  /** Ends it as a crash does: without a word, without a chance to write. */
  async kill9(): Promise<void> {
    const child = this.#running();
    child.kill('SIGKILL');
    await child.exited;
  }

  /** Tells it to stop, and gives its exit code, once all that it logged is read, too. */
  terminate(): Promise<number> {
    this.#running().kill('SIGTERM');
    return this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#child?.exited;
    if (this.#made) rmSync(this.dataFolder, { recursive: true, force: true });
  }

  #running(): Child {
    if (this.#child === undefined) throw new Error('the server was not started');
    return this.#child;
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) this.logged += decoder.decode(chunk, { stream: true });
  }
}

type Child = Bun.Subprocess<'ignore', 'pipe', 'pipe'>;

/** The server ended before it listened. */
class ServerEnded extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, logged: string) {
    super(`the server ended with ${exitCode}: ${logged}`);
    this.exitCode = exitCode;
  }
}

/** Resolves once the server has said where it is; the rest of its output is read so that the pipe never fills. */
function listens(stream: ReadableStream<Uint8Array>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const read = async () => {
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of stream) {
        if (text.includes('\n')) continue;
        text += decoder.decode(chunk, { stream: true });
        if (text.includes('\n')) resolve(true);
      }
      resolve(false);
    };
    read().catch(reject);
  });
}
