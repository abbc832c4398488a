import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { KeyPair } from '../tls/key-pair.ts';

/** Stands for the client's address, which is this machine's in every test: taken away on the way. */
export const CLIENT_ADDRESS = 'x-test-client';

export interface ReverseProxyOptions {
  /** Where the server is. */
  readonly port: number;
  /** With one it speaks TLS to clients, and plain HTTP to the server. */
  readonly keyPair?: KeyPair;
  /** What it says of itself besides: `X-Forwarded-Host`, or another `X-Forwarded-Proto`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ReverseProxy extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/**
 * A reverse proxy as nginx is one with `$proxy_add_x_forwarded_for`: what a client says in `X-Forwarded-For` is passed
 * on with the client's address behind it, `X-Forwarded-Proto` is set, sockets are let through. One request a connection.
 */
export async function startReverseProxy(options: ReverseProxyOptions): Promise<ReverseProxy> {
  const sockets = new Set<Socket>();
  const serve = (client: Socket) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client));
    passOn(client, options);
  };
  const { keyPair } = options;
  const server: Server = keyPair === undefined ? createServer(serve) : createTlsServer(keyPair, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `${keyPair === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function passOn(client: Socket, options: ReverseProxyOptions): void {
  const upstream = connect(options.port, '127.0.0.1');
  let head = Buffer.alloc(0);
  const onData = (data: Buffer) => {
    head = Buffer.concat([head, data]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    client.off('data', onData);
    upstream.write(`${rewritten(head.subarray(0, end).toString('latin1'), options)}\r\n\r\n`, 'latin1');
    upstream.write(head.subarray(end + 4));
    client.pipe(upstream);
  };
  client.on('data', onData);
  upstream.pipe(client);
  for (const socket of [client, upstream]) {
    socket.on('error', () => {});
    socket.on('close', () => {
      client.destroy();
      upstream.destroy();
    });
  }
}

function rewritten(head: string, { keyPair, headers }: ReverseProxyOptions): string {
  const [request = '', ...lines] = head.split('\r\n');
  const given = new Headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  given.append('x-forwarded-for', given.get(CLIENT_ADDRESS) ?? '192.0.2.99');
  given.delete(CLIENT_ADDRESS);
  given.set('x-forwarded-proto', keyPair === undefined ? 'http' : 'https');
  if (!given.has('upgrade')) given.set('connection', 'close');
  for (const [name, value] of Object.entries(headers ?? {})) given.set(name, value);
  return [request, ...[...given].map(([name, value]) => `${name}: ${value}`)].join('\r\n');
}
