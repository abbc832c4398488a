import { fileURLToPath } from 'node:url';

export interface Child extends AsyncDisposable {
  /** The next line that the child prints; `undefined` when it has ended. */
  line(): Promise<string | undefined>;
  /** Sends the child a line. */
  say(line: string): void;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Runs a script with Bun. `wrap` stands before the command, as `sh -c … --` does. */
export function runChild(
  script: URL,
  args: readonly string[],
  options: { env?: Record<string, string>; wrap?: readonly string[] } = {},
): Child {
  const child = Bun.spawn({
    cmd: [...(options.wrap ?? []), process.execPath, fileURLToPath(script), ...args],
    env: { ...process.env, ...options.env },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const lines = readLines(child.stdout);
  return {
    line: async () => (await lines.next()).value,
    say(line) {
      child.stdin.write(`${line}\n`);
      child.stdin.flush();
    },
    async kill(signal) {
      child.kill(signal);
      await child.exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await child.exited;
    },
  };
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  return undefined;
}
