import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './workspace.mjs';

// The real start script with a made-up server in a tree of its own. The server prints its process id, has a thread,
// and on SIGTERM drains for as long as its option says.

const SERVER = `
const drainMs = Number(process.argv[3]);
const thread = new Worker(new URL('./threads/some-thread.ts', import.meta.url));
thread.onmessage = ({ data }) => console.log('thread ' + data);
let signals = 0;
process.on('SIGTERM', () => {
  signals++;
  console.log('draining');
  setTimeout(() => {
    console.log('drained after ' + signals + ' signal');
    process.exit(7);
  }, drainMs);
});
process.on('SIGINT', () => process.exit(99));
console.log('pid ' + process.pid);
setInterval(() => {}, 1000);
if (drainMs < 0) process.exit(3);
`;

const tree = mkdtempSync(path.join(tmpdir(), 'maru-start-'));
/** One that has no bundle yet, and whose build waits to be let go on. */
const unbuilt = mkdtempSync(path.join(tmpdir(), 'maru-start-'));
const started: ChildProcess[] = [];
const servers: number[] = [];

/** Says that it is there, and waits for a file. */
const WAITING_BUILD = `
import { existsSync, writeFileSync } from 'node:fs';
writeFileSync('building', '');
while (!existsSync('go on')) await Bun.sleep(10);
`;

function plant(folder: string): void {
  mkdirSync(path.join(folder, 'apps/cli/src/threads'), { recursive: true });
  cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  cpSync(path.join(ROOT, 'package-lock.json'), path.join(folder, 'package-lock.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { start: 'node scripts/start.mjs' } }),
  );
  writeFileSync(path.join(folder, 'apps/cli/src/main.ts'), SERVER);
  writeFileSync(path.join(folder, 'apps/cli/src/threads/some-thread.ts'), `postMessage('up');`);
}

beforeAll(async () => {
  for (const folder of [tree, unbuilt]) plant(folder);
  const build = path.join(unbuilt, 'scripts/build.mjs');
  writeFileSync(build, WAITING_BUILD + readFileSync(build, 'utf8'));
  // Builds the bundle, once for all.
  await (await startDirectly(-1)).allGone;
});

afterAll(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const pid of servers.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone, as it should be.
    }
  }
  for (const folder of [tree, unbuilt]) rmSync(folder, { recursive: true, force: true });
});

type Started = {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  /** Resolves when no process holds the output open any more: start and the server have both ended. */
  readonly allGone: Promise<void>;
  /** Waits for a line of the output, which may have come before. */
  line(wanted: string): Promise<void>;
};

async function start(command: string, args: readonly string[]): Promise<Started> {
  const child = spawn(command, args, { cwd: tree, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  const lines: string[] = [];
  const input = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const exit = once(child, 'exit');
  const allGone = once(child, 'close').then(() => undefined);
  const find = async (prefix: string): Promise<string> => {
    for (;;) {
      const found = lines.find((line) => line.startsWith(prefix));
      if (found !== undefined) return found;
      const ended = await Promise.race([once(input, 'line'), allGone.then(() => 'ended')]);
      if (ended === 'ended' && !lines.some((line) => line.startsWith(prefix)))
        throw new Error(`ended without the line ${prefix}; said ${lines.join(' | ')}`);
    }
  };
  servers.push(Number((await find('pid ')).slice('pid '.length)));
  return { child, exit, allGone, line: async (wanted) => void (await find(wanted)) };
}

const startDirectly = (drainMs: number) => start('node', ['scripts/start.mjs', String(drainMs)]);

const windows = process.platform === 'win32';
const posix = (name: string) => (windows ? `${name} (skipped: Windows has no such signals)` : name);

describe.concurrent('npm start', () => {
  test('runs the server and its threads from the bundle', async () => {
    const { line } = await startDirectly(0);
    await line('thread up');
    expect(
      readdirSync(path.join(tree, 'dist'))
        .filter((name) => name.endsWith('.js'))
        .sort(),
    ).toEqual(['maru.js', 'parent-watch.js', 'some-thread.js']);
  });

  test("exits with the server's code", async () => {
    const { exit } = await startDirectly(-1);
    expect(await exit).toEqual([3, null]);
  });

  test.skipIf(windows)(
    posix('passes on one signal, waits for the drain, and exits with its code'),
    async () => {
      const { child, exit, allGone, line } = await startDirectly(300);
      child.kill('SIGINT');
      await line('draining');
      child.kill('SIGTERM');
      child.kill('SIGINT');
      await line('drained after 1 signal');
      expect(await exit).toEqual([7, null]);
      await allGone;
    },
  );

  test.skipIf(windows)(posix('lets the server drain when start itself is killed'), async () => {
    const { child, allGone, line } = await startDirectly(100);
    child.kill('SIGKILL');
    await line('drained after 1 signal');
    await allGone;
  });

  test.skipIf(windows).each(['SIGTERM', 'SIGKILL'] as const)(
    posix('lets the server drain when npm gets %s'),
    async (signal) => {
      const { child, allGone, line } = await start('npm', ['start', '--silent', '--', '100']);
      child.kill(signal);
      await line('drained after 1 signal');
      await allGone;
    },
  );

  test.skipIf(windows)(posix('leaves no server where npm died before there was one'), async () => {
    const npm = spawn('npm', ['start', '--silent', '--', '0'], {
      cwd: unbuilt,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(npm);
    const output: Buffer[] = [];
    npm.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
    });
    const allGone = once(npm, 'close');
    while (!existsSync(path.join(unbuilt, 'building'))) await Bun.sleep(10);
    npm.kill('SIGKILL');
    await once(npm, 'exit');
    writeFileSync(path.join(unbuilt, 'go on'), '');
    await allGone;
    expect(Buffer.concat(output).toString()).toBe('');
  });

  test.skipIf(windows)(posix('ends a server that never drains'), async () => {
    const { child, allGone, line } = await startDirectly(60_000);
    child.kill('SIGTERM');
    await line('draining');
    await allGone;
  });

  test.skipIf(windows)(posix('ends a server that never drains and has no parent'), async () => {
    const { child, allGone, line } = await startDirectly(60_000);
    child.kill('SIGKILL');
    await line('draining');
    await allGone;
  });
});
