import path from 'node:path';

/** The server of a demonstration: a process that ends with it. */
export interface DemoServer extends AsyncDisposable {
  /** Where it listens, by an address and by a name: two places to a browser, with a cookie each. */
  readonly url: string;
  readonly namedUrl: string;
  /** Makes the first who signs up with it the administrator. */
  readonly invite: string | undefined;
}

export interface DemoServerOptions {
  /** The program `maru`, as sources or bundled. */
  readonly maru: string;
  readonly data: string;
  readonly port: number;
  /** What else `maru serve` is told. */
  readonly more?: readonly string[];
}

const ROOT = path.resolve(import.meta.dir, '..', '..', '..');
/** Ends the server when the demonstration dies without a word. */
const PARENT_WATCH = path.join(ROOT, 'scripts', 'parent-watch.ts');

/** How long a server may take to say where it is, in ms. */
const START_MS_MAX = 30_000;
/** It drains in less. */
const STOP_MS_MAX = 11_000;

/** `maru serve` on this machine alone, without settings of the surroundings. */
export async function serveDemo({ maru, data, port, more = [] }: DemoServerOptions): Promise<DemoServer> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MARU_')));
  const command = [
    process.execPath,
    '--preload',
    PARENT_WATCH,
    maru,
    'serve',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--data',
    data,
    ...more,
  ];
  const child = Bun.spawn(command, {
    cwd: ROOT,
    env: { ...env, NO_COLOR: '1' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    ipc: () => undefined,
    // Ctrl+C in a terminal reaches all of its group: who started the server tells it when.
    detached: true,
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    await child.exited;
    clearTimeout(timer);
  };
  const errors = new Response(child.stderr).text();
  try {
    const { url, invite } = await within(greetingOf(child.stdout, errors), START_MS_MAX);
    return { url, namedUrl: url.replace('127.0.0.1', 'localhost'), invite, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What it says at its start; what comes later is read, too, so that its pipe never fills. */
function greetingOf(
  output: ReadableStream<Uint8Array>,
  errors: Promise<string>,
): Promise<{ readonly url: string; readonly invite: string | undefined }> {
  const found = Promise.withResolvers<{ readonly url: string; readonly invite: string | undefined }>();
  const read = async () => {
    const decoder = new TextDecoder();
    let said = '';
    for await (const chunk of output) {
      if (said.length < 10_000) said += decoder.decode(chunk, { stream: true });
      const [, url] = /Maru is at (https?:\/\/[\d.:a-z]+)/.exec(said) ?? [];
      const [, invite] = /invite=([\w-]+)/.exec(said) ?? [];
      if (url !== undefined && said.includes('The data lies in')) found.resolve({ url, invite });
    }
    found.reject(new Error(`The server ended before it said where it is:\n${said}${await errors}`));
  };
  void read();
  return found.promise;
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`The server has said nothing for ${ms / 1000} s.`)),
    ms,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
