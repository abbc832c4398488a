/** Runs the load generator and reads what it says. */
import path from 'node:path';
import type { Subprocess } from 'bun';
import { linesOf } from '../server/lines-of.ts';
import { compileGenerator } from './compile.ts';

/** Milliseconds. */
export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What went over the wires of some devices while it was measured. */
export interface WireFigures {
  readonly requests: number;
  /** Answers that brought nothing new. */
  readonly empty: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** TCP connections before it was measured, and meanwhile. */
  readonly handshakes: number;
  readonly handshakesLater: number;
}

/** What each mode prints at its end; see the mode's file in bench/load, of `transports` in bench/src/fallback. */
export interface LoadResults {
  readonly hold: {
    readonly sessions: number;
    readonly beatsSent: number;
    readonly beatsAnswered: number;
    readonly signIn: Latency;
    readonly beat: Latency;
  };
  readonly 'fan-out': { readonly perSecond: number; readonly frameBytes: number; readonly toAll: Latency };
  readonly pairs: {
    readonly perSecond: number;
    readonly sent: number;
    readonly doubled: number;
    readonly deliveredFrames: number;
    readonly toAccepted: Latency;
    readonly toReceived: Latency;
  };
  readonly storm: {
    readonly sessions: number;
    readonly seconds: number;
    readonly empty: number;
    readonly calm: Latency;
    readonly bystander: Latency;
    readonly signIn: Latency;
    readonly sync: Latency;
  };
  readonly transports: {
    readonly quiet: WireFigures;
    readonly busy: WireFigures;
    readonly doubled: number;
    readonly toReceived: Latency;
  };
  readonly http: { readonly bytesEach: number; readonly answer: Latency };
}

export type LoadMode = keyof LoadResults;
export type LoadOptions = Readonly<Record<string, string | number>>;

/** A run of the generator that is under way. */
export interface LoadRun<M extends LoadMode> extends AsyncDisposable {
  /** Waits until it says that it has come so far. */
  phase(name: string): Promise<void>;
  /** Lets it go on where it waits. */
  goOn(): void;
  result(): Promise<LoadResults[M]>;
}

export interface Generator {
  /** Which one it is, for the report. */
  readonly name: string;
  /** The one in C. Only it speaks what peers speak (option `dialect`). */
  readonly compiled: boolean;
  start<M extends LoadMode>(mode: M, options: LoadOptions): LoadRun<M>;
  /** Starts it, lets it go on when it is ready, and gives its result. */
  run<M extends LoadMode>(mode: M, options: LoadOptions): Promise<LoadResults[M]>;
}

/** The generator in C where it can be compiled, else (or where it is asked for) the one in TypeScript. */
export function findGenerator(wanted: 'any' | 'typescript' = 'any'): Generator {
  const compiled = wanted === 'any' ? compileGenerator() : { reason: 'it was asked for' };
  if ('program' in compiled)
    return generatorOf(`C (bench/load, ${compiled.compiler})`, true, [compiled.program]);
  return typescriptGenerator(`, as ${compiled.reason}`);
}

/** The one in TypeScript, for modes that there are only in it, too. */
export function typescriptGenerator(why = ''): Generator {
  const program = path.resolve(import.meta.dir, '../fallback/main.ts');
  return generatorOf(`TypeScript (bench/src/fallback${why})`, false, [process.execPath, program]);
}

function generatorOf(name: string, compiled: boolean, command: readonly string[]): Generator {
  const start = <M extends LoadMode>(mode: M, options: LoadOptions) => startRun(command, mode, options);
  return {
    name,
    compiled,
    start,
    async run(mode, options) {
      await using run = start(mode, options);
      if (mode !== 'http') {
        await run.phase('ready');
        run.goOn();
      }
      return await run.result();
    },
  };
}

function startRun<M extends LoadMode>(command: readonly string[], mode: M, options: LoadOptions): LoadRun<M> {
  const words = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  const child = Bun.spawn([...command, mode, ...words], { stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' });
  const complaint = new Response(child.stderr).text();
  const lines = linesOf(child.stdout);
  async function next(): Promise<{ readonly phase?: string }> {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${mode}: ${(await complaint).trim() || 'the generator ended'}`);
    return JSON.parse(value);
  }
  return {
    async phase(name) {
      while ((await next()).phase !== name);
    },
    goOn: () => tell(child),
    async result() {
      for (;;) {
        const line = await next();
        if (line.phase === undefined) return line as LoadResults[M];
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
    },
  };
}

function tell(child: Subprocess<'pipe', 'pipe', 'pipe'>): void {
  child.stdin.write('\n');
  child.stdin.flush();
}
