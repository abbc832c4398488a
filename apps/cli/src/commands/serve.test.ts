import { describe, expect, test } from 'bun:test';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SignedIn } from '@maru/protocol';
import { qrCode } from '../terminal/qr-code.ts';
import { screenTest } from '../testing/chat-town.ts';
import { freePort } from '../testing/free-port.ts';
import { refusedServe } from '../testing/refused-serve.ts';
import {
  firstInvite,
  MAIN,
  maru,
  type RunningServer,
  serve,
  temporaryFolder,
} from '../testing/running-server.ts';
import { TmuxPane } from '../testing/tmux-pane.ts';

// Real processes: what an operator sees of `maru serve`.

const root = process.getuid?.() === 0;

async function signUp(server: RunningServer, handle: string, more: Record<string, string> = {}) {
  return fetch(`${server.url}/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      handle,
      name: handle,
      password: 'correct horse',
      device: { name: 'test' },
      ...more,
    }),
  });
}

describe('a start', () => {
  test('says in three lines where it is, how to begin, and where the data lies', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'new', 'data');
    await using server = await serve(data);
    expect(server.lines).toHaveLength(3);
    expect(server.lines[0]).toMatch(/^Maru is at http:\/\/127\.0\.0\.1:\d+ /);
    expect(server.lines[1]).toContain(`--server ${server.url}`);
    expect(server.lines[2]).toBe(`The data lies in ${data}.`);
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  test('the first start gives a link that makes the administrator, once, and later starts until then', async () => {
    using folder = temporaryFolder();
    const inviteIn = (started: RunningServer) => {
      const [server, invite = ''] = firstInvite(started).split('/#invite=');
      return server === started.url ? invite : '';
    };
    {
      await using server = await serve(folder.path);
      expect(inviteIn(server)).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    }
    {
      await using server = await serve(folder.path, '--sign-up', 'closed');
      const invite = inviteIn(server);
      const { token } = (await (await signUp(server, 'ada', { invite })).json()) as { token: string };
      const me = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
      expect(await me.json()).toMatchObject({ handle: 'ada', administrator: true });
      expect((await signUp(server, 'eve', { invite })).status).toBe(403);
    }
    await using server = await serve(folder.path);
    expect(inviteIn(server)).toBe('');
  });

  screenTest(
    'on a terminal has a QR code of the address for others, and of none that is for itself',
    async () => {
      using folder = temporaryFolder();
      const start = (data: string, more = '') => {
        const options = `--port 0 --data ${path.join(folder.path, data)} ${more}`;
        return TmuxPane.start(`${process.execPath} ${MAIN} serve ${options}`, { columns: 120, rows: 50 });
      };
      const url = 'https://chat.example.org/';
      await using others = await start('others', `--public-url ${url} --trusted-proxy 127.0.0.1`);
      // Without its colours, and what of it is white at the end of a row.
      const code = Bun.stripANSI((qrCode(url, 120) ?? []).join('\n'))
        .replaceAll(/ +$/gm, '')
        .trim();
      expect(code.length).toBeGreaterThan(300);
      await others.sees(code);
      await using alone = await start('alone');
      expect(await alone.sees('The data lies in')).not.toMatch(/[█▀▄]/);
    },
  );
});

describe('metrics', () => {
  // Elsewhere a machine has one address of its own, unless it is given more.
  const why = process.platform === 'linux' ? '' : ' (skipped: 127.0.0.2 is this machine on Linux only)';
  test.skipIf(why !== '')(`of a server that others reach stay on their own machine${why}`, async () => {
    using folder = temporaryFolder();
    const port = freePort();
    const args = ['--host', '0.0.0.0', '--insecure', '--metrics-port', port] as const;
    await using server = await serve(folder.path, ...args);
    const status = async (address: string, on: string, path: string) =>
      fetch(`http://${address}:${on}${path}`).then(
        (answer) => answer.status,
        () => 'refused',
      );
    const { port: own } = new URL(server.url);
    expect(await status('127.0.0.2', own, '/healthz')).toBe(200);
    expect(await status('127.0.0.1', port, '/metrics')).toBe(200);
    expect(await status('127.0.0.2', port, '/metrics')).toBe('refused');
    expect(await status('127.0.0.2', own, '/metrics')).toBe(404);
  });
});

describe('what an operator did wrong: one line, exit code 2', () => {
  async function refused(...args: string[]): Promise<string> {
    using folder = temporaryFolder();
    return await refusedServe('--data', folder.path, ...args);
  }

  test('an option nobody knows', async () => {
    expect(await refused('--prot', '9000')).toContain('--prot');
  });

  test('a value that can not be', async () => {
    expect(await refused('--port', '70000')).toContain('--port 70000: expected');
  });

  test('an address that others can reach', async () => {
    expect(await refused('--host', '0.0.0.0')).toContain('--insecure');
  });

  test('a port in use', async () => {
    const other = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() });
    expect(await refused('--port', String(other.port))).toContain(`${other.port}`);
    await other.stop(true);
  });

  test('a port that another Maru has, and one for metrics that it has', async () => {
    using folder = temporaryFolder();
    const metrics = freePort();
    await using server = await serve(folder.path, '--metrics-port', metrics);
    const { port } = new URL(server.url);
    expect(await refused('--port', port)).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(await refused('--port', '0', '--metrics-port', metrics)).toContain('with --metrics-port');
  });

  test('a port for metrics in use', async () => {
    const other = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() });
    const port = String(other.port);
    expect(await refused('--port', '0', '--metrics-port', port)).toContain(
      `give another with --metrics-port`,
    );
    await other.stop(true);
  });

  test('an address that this machine does not have', async () => {
    const line = await refused('--host', '192.0.2.1', '--insecure', '--port', '0');
    expect(line).toContain('192.0.2.1');
    expect(line).toContain('with --host');
    const metrics = ['--metrics-port', freePort(), '--metrics-host', '192.0.2.1'];
    expect(await refused('--port', '0', ...metrics)).toContain('with --metrics-host');
  });

  test('a data folder that is a file', async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'file');
    writeFileSync(file, '');
    expect(await refused('--port', '0', '--data', file)).toContain(file);
  });

  test.skipIf(root)(
    root
      ? 'a data folder without a right to write (skipped: root may write anywhere)'
      : 'a data folder without a right to write',
    async () => {
      using folder = temporaryFolder();
      chmodSync(folder.path, 0o555);
      expect(await refused('--port', '0', '--data', folder.path)).toContain(folder.path);
    },
  );

  test('a database that is none', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      path.join(folder.path, 'log.db'),
      'This is not a database, but long enough to look like one.'.repeat(40),
    );
    expect(await refused('--port', '0', '--data', folder.path)).toContain(folder.path);
  });

  test('a data folder that another server has', async () => {
    using folder = temporaryFolder();
    await using server = await serve(folder.path);
    expect(await refused('--port', '0', '--data', folder.path)).toContain(folder.path);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  test('a command that is none', async () => {
    const { code, err } = await maru('sreve');
    expect({ code, err }).toEqual({ code: 2, err: 'maru: There is no command sreve; see maru --help.\n' });
  });
});

describe('help', () => {
  test('of serve names every option, with examples and exit codes', async () => {
    const { code, out } = await maru('serve', '--help');
    expect(code).toBe(0);
    for (const part of [
      '--group-members-max COUNT',
      '--insecure',
      'Default: 8787',
      'Examples:',
      'Exit codes:',
    ]) {
      expect(out).toContain(part);
    }
  });

  test('of maru names its commands', async () => {
    const { code, out } = await maru('--help');
    expect({ code, serve: out.includes('serve') }).toEqual({ code: 0, serve: true });
    expect((await maru()).code).toBe(2);
  });
});

describe('a stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '[SLOW5] by %s tells clients to come back, and exits 0',
    async (signal) => {
      using folder = temporaryFolder();
      await using server = await serve(folder.path);
      const { gateway } = (await (await signUp(server, 'ada')).json()) as Pick<SignedIn, 'gateway'>;
      const socket = new WebSocket(gateway.url, 'maru.v1');
      const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
      const welcomed = new Promise((resolve) => socket.addEventListener('message', resolve));
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.send(JSON.stringify({ kind: 'hello', versions: [1], ticket: gateway.ticket }));
      await welcomed;
      server.kill(signal);
      expect((await closed).code).toBe(4000);
      expect(await server.exited).toBe(0);
    },
  );

  test('[SLOW5] in the middle of a client that never reads or closes exits 0 all the same', async () => {
    using folder = temporaryFolder();
    await using server = await serve(folder.path);
    const { hostname, port } = new URL(server.url);
    const opened = Promise.withResolvers<void>();
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        open(connection) {
          connection.write('POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
          opened.resolve();
        },
        data() {},
      },
    });
    await opened.promise;
    server.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    socket.end();
  });
});
