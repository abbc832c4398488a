import { expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';
import { freePort } from '../limits/server-metrics.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { runFirstClient } from './first-client.ts';

// The proxies' configurations on the page, as they stand there but for names and ports, and a conversation through each.

const PAGE = readFileSync(path.resolve(import.meta.dir, '../../../docs/operations/tls.md'), 'utf8');

interface Place {
  readonly folder: string;
  /** Where the proxy is to listen, and where the server does. */
  readonly port: number;
  readonly serverPort: number;
  readonly cert: string;
  readonly key: string;
}

/** Writes a proxy's configuration and gives its command line. */
type Configure = (place: Place) => string[];

const nginx: Configure = ({ folder, port, serverPort, cert, key }) => {
  const site = fenced(/```nginx\n([\s\S]*?)```/)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace(/ *listen \[::\]:443 ssl;\n/, '')
    .replace('server_name chat.example.org', 'server_name localhost')
    .replace(/\/etc\/\S+\/fullchain\.pem/, cert)
    .replace(/\/etc\/\S+\/privkey\.pem/, key)
    .replace('127.0.0.1:8787', `127.0.0.1:${serverPort}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(
    file,
    [
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr;`,
      'events { worker_connections 256; }',
      `http { access_log off; ${temporary.join(' ')}\n${site}}`,
    ].join('\n'),
  );
  return ['nginx', '-p', folder, '-e', 'stderr', '-c', file];
};

const caddy: Configure = ({ folder, port, serverPort, cert, key }) => {
  const site = fenced(/Caddyfile`, whole:\n\n```\n([\s\S]*?)```/)
    .replace('chat.example.org {', `https://localhost:${port} {\n\ttls ${cert} ${key}`)
    .replace('127.0.0.1:8787', `127.0.0.1:${serverPort}`);
  const file = path.join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  return ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'];
};

function fenced(pattern: RegExp): string {
  const found = pattern.exec(PAGE)?.[1];
  if (found === undefined) throw new Error('the page has no such block');
  return found;
}

for (const [name, configure] of Object.entries({ nginx, caddy })) {
  const isThere = Bun.which(name) !== null;
  test.skipIf(!isThere)(
    `[TLS4] [PRIV11] a conversation goes through ${name} as the page sets it up${isThere ? '' : ` (skipped: no ${name})`}`,
    async () => {
      await using stack = new AsyncDisposableStack();
      const { path: folder } = stack.use(temporaryFolder());
      const port = await freePort();
      const server = stack.use(
        await ServerProcess.start({
          flags: [
            '--sign-up=open',
            `--public-url=https://localhost:${port}`,
            '--trusted-proxy=127.0.0.1,::1',
            '--web=off',
          ],
        }),
      );
      const files = await certificate(folder);
      const proxy = Bun.spawn(configure({ folder, port, serverPort: server.port, ...files }), {
        env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
        stdout: 'ignore',
        stderr: 'ignore',
      });
      stack.defer(async () => {
        proxy.kill('SIGKILL');
        await proxy.exited;
      });
      await listening(port, proxy);
      const env = { NODE_EXTRA_CA_CERTS: files.cert };
      const { said } = await runFirstClient(folder, `https://localhost:${port}`, env);
      expect(said).toBe('received live: 2\nreceived on return: Are you still there? · unread: 2\n');
      // What the proxy says was believed: else the server would have noted it.
      expect(server.logged).toBe('');
    },
  );
}

async function certificate(folder: string): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: 'commonName', value: 'proxy' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const files = { cert: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  writeFileSync(files.cert, made.cert);
  writeFileSync(files.key, made.private);
  return files;
}

/** Resolves when somebody listens on the port; rejects if the proxy has ended. */
async function listening(port: number, proxy: Bun.Subprocess): Promise<void> {
  for (;;) {
    if (proxy.exitCode !== null) throw new Error(`the proxy ended with ${proxy.exitCode}`);
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (connected) return;
    await Bun.sleep(20);
  }
}
