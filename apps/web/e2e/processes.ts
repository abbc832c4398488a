import path from 'node:path';

/** A program that runs beside a test, and ends with it. */
export interface Running extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  /** The code that makes who signs up with it the administrator; of a server that nobody used yet. */
  readonly invite: string | undefined;
}

const WEB = path.resolve(import.meta.dir, '..');
const MARU = path.resolve(WEB, '..', 'cli', 'src', 'main.ts');
/** Sets a program's clock. */
const CLOCK_AHEAD = path.join(import.meta.dir, 'clock-ahead.ts');

/** `maru serve` with the built app, and its data in a folder. */
export interface ServerOptions {
  readonly data: string;
  /** Where the app was built. */
  readonly web: string;
  /** 0, the default, is a free one. */
  readonly port?: number;
  /** How far its clock is ahead, in ms; 0 by default. */
  readonly aheadMs?: number;
  /** What else it is told. */
  readonly more?: readonly string[];
}

export function startServer({
  data,
  web,
  port = 0,
  aheadMs = 0,
  more = [],
}: ServerOptions): Promise<Running> {
  const options = ['--port', String(port), '--data', data, '--web', web, ...more];
  const clock = aheadMs === 0 ? [] : ['--preload', CLOCK_AHEAD];
  return start([process.execPath, ...clock, MARU, 'serve', ...options], { CLOCK_AHEAD_MS: String(aheadMs) });
}

/** Runs a command of `maru` to its end. */
export async function runMaru(given: readonly string[]): Promise<void> {
  const options = {
    cwd: WEB,
    env: environment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'inherit',
  } as const;
  const exitCode = await Bun.spawn([process.execPath, MARU, ...given], options).exited;
  if (exitCode !== 0) throw new Error(`maru ${given.join(' ')} ended with ${exitCode}`);
}

/** Without what the tests themselves are told by theirs. */
function environment(): Record<string, string | undefined> {
  const kept = Object.entries({ ...process.env, NO_COLOR: '1' }).filter(
    ([name]) => !name.startsWith('MARU_'),
  );
  return Object.fromEntries(kept);
}

async function start(command: readonly string[], more: Record<string, string>): Promise<Running> {
  const child = Bun.spawn([...command], {
    cwd: WEB,
    env: { ...environment(), ...more },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const output = new Output(child.stdout);
  const url = await output.address();
  return {
    url,
    get invite() {
      return /#invite=([\w-]+)/.exec(output.said)?.[1];
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await child.exited;
    },
  };
}

/** What a program says; all of it is read, so that its pipe never fills. */
class Output {
  said = '';
  readonly #address = Promise.withResolvers<string>();

  constructor(output: ReadableStream<Uint8Array>) {
    void this.#read(output);
  }

  /** The first address in it. */
  address(): Promise<string> {
    return this.#address.promise;
  }

  async #read(output: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of output) {
      this.said += decoder.decode(chunk, { stream: true });
      const [, address] = /(https?:\/\/[\d.:a-z]+)[^\d.:a-z]/.exec(this.said) ?? [];
      if (address !== undefined) this.#address.resolve(address);
    }
    this.#address.reject(new Error(`ended without having said where it listens: ${this.said}`));
  }
}
