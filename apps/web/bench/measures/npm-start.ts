import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';

const ROOT = path.resolve(import.meta.dir, '..', '..', '..', '..');
/** A first start builds what is missing. */
const START_MS_MAX = 180_000;
const POLL_MS = 5;

/** From `npm start` to the page, where all is built: the middle of several. */
export async function measureNpmStart(times: number): Promise<Figure[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'maru-bench-start-'));
  try {
    // This one builds, if anything is to be built.
    await startOnce(data);
    const values: number[] = [];
    for (let at = 0; at < times; at++) values.push(await startOnce(data));
    const npm = await timed(['npm', '--version']);
    return [
      {
        ...{ metric: 'npm start to the page, the second time', value: quantile(values, 0.5), unit: 'ms' },
        target: { most: 1000 },
        reference: { of: 'npm --version', value: npm },
        note: `the middle of ${times}`,
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function startOnce(data: string): Promise<number> {
  const begin = performance.now();
  const child = Bun.spawn(['npm', 'start', '--', '--host', '127.0.0.1', '--port', '0', '--data', data], {
    cwd: ROOT,
    env: surroundings(),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'ignore',
  });
  try {
    const url = await addressIn(child.stdout);
    for (;;) {
      const answer = await fetch(url).catch(() => undefined);
      const page = await answer?.text();
      if (answer?.ok === true && page?.includes('<div id="root">') === true) break;
      if (performance.now() - begin > START_MS_MAX) throw new Error(`${url} shows no page`);
      await Bun.sleep(POLL_MS);
    }
    return performance.now() - begin;
  } finally {
    child.kill('SIGTERM');
    await child.exited;
  }
}

/** Without settings of who measures, nor of the npm that has started the bench. */
function surroundings(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(MARU|npm)_/.test(name)));
}

async function addressIn(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let said = '';
  const found = Promise.withResolvers<string>();
  const read = async () => {
    for await (const chunk of output) {
      said += decoder.decode(chunk, { stream: true });
      const [, url] = /(https?:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (url !== undefined) found.resolve(url);
    }
    found.reject(new Error(`npm start ended without an address: ${said}`));
  };
  void read();
  const timer = setTimeout(() => found.reject(new Error('npm start gave no address in time')), START_MS_MAX);
  try {
    return await found.promise;
  } finally {
    clearTimeout(timer);
  }
}

async function timed(command: string[]): Promise<number> {
  const begin = performance.now();
  await Bun.spawn(command, { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' }).exited;
  return performance.now() - begin;
}
