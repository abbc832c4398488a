import { linesOf } from './lines-of.ts';
import { MIDDAY_ZONE } from './midday-zone.ts';
import { MAIN } from './running-server.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Somebody at a terminal of their own: runs `maru` with their state folder. Nothing of the real environment is used. */
export class Person {
  readonly #environment: Record<string, string>;

  /** @param environment what is set besides */
  constructor(stateHome: string, server: string, environment: Readonly<Record<string, string>> = {}) {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MARU_'));
    this.#environment = {
      ...(Object.fromEntries(own) as Record<string, string>),
      XDG_STATE_HOME: stateHome,
      MARU_SERVER: server,
      MARU_PASSWORD: 'correct horse',
      TZ: MIDDAY_ZONE,
      ...environment,
    };
  }

  start(
    args: readonly string[],
    more: { stdin?: string; environment?: Record<string, string | undefined> } = {},
  ) {
    return Bun.spawn([process.execPath, MAIN, ...args], {
      env: { ...this.#environment, ...more.environment },
      stdin: more.stdin === undefined ? 'ignore' : new TextEncoder().encode(more.stdin),
      stdout: 'pipe',
      stderr: 'pipe',
    });
  }

  /** Starts `maru ARGS`, to be talked with. */
  converse(args: readonly string[], environment: Record<string, string> = {}) {
    return Bun.spawn([process.execPath, MAIN, ...args], {
      env: { ...this.#environment, LC_ALL: 'en_US.UTF-8', ...environment },
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
    });
  }

  /** Runs `maru ARGS` to its end. */
  async run(...args: string[]): Promise<Ran> {
    return ended(this.start(args));
  }

  /** As `run`, with something piped in, and no password in the environment. */
  async pipe(stdin: string, ...args: string[]): Promise<Ran> {
    return ended(this.start(args, { stdin, environment: { MARU_PASSWORD: undefined } }));
  }

  /** Runs a line of a shell. */
  shell(line: string) {
    return Bun.spawn(['bash', '-c', line], { env: this.#environment, stdout: 'pipe', stderr: 'pipe' });
  }

  /** Starts `maru tail ARGS`. */
  tail(...args: string[]): Tail {
    return new Tail(this.start(['tail', ...args]));
  }
}

async function ended(child: Bun.Subprocess<'ignore' | Uint8Array, 'pipe', 'pipe'>): Promise<Ran> {
  const [code, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, out, err };
}

/** A running `maru tail`. */
export class Tail implements AsyncDisposable {
  readonly #child: Bun.Subprocess<'ignore' | Uint8Array, 'pipe', 'pipe'>;
  readonly #lines: AsyncGenerator<string, undefined>;
  readonly #complaints: AsyncGenerator<string, undefined>;
  /** All that it had to complain of, once it has ended. */
  readonly errors: Promise<string>;

  constructor(child: Bun.Subprocess<'ignore' | Uint8Array, 'pipe', 'pipe'>) {
    this.#child = child;
    this.#lines = linesOf(child.stdout);
    const [whole, asItComes] = child.stderr.tee();
    this.errors = new Response(whole).text();
    this.#complaints = linesOf(asItComes);
  }

  get exited(): Promise<number> {
    return this.#child.exited;
  }

  /** The next lines, once they are there. */
  async take(count: number): Promise<string[]> {
    const lines: string[] = [];
    while (lines.length < count) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`ended with ${await this.exited}: ${await this.errors}`);
      lines.push(value);
    }
    return lines;
  }

  /** The next line of what it complains of, once it is there. */
  async complaint(): Promise<string> {
    const { value, done } = await this.#complaints.next();
    if (done === true) throw new Error(`ended with ${await this.exited}, and complained no more`);
    return value;
  }

  /** Tells it to stop; gives its exit code and what it had still to say. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<{ code: number; rest: string[] }> {
    this.#child.kill(signal);
    const rest: string[] = [];
    for await (const line of this.#lines) rest.push(line);
    return { code: await this.exited, rest };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#child.exited;
  }
}
