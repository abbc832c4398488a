import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { connect } from 'node:tls';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import { TOPIC_MEMBERS_MIN } from '../ports/delivery.ts';
import { ManualClock } from '../ports/testing/manual-clock.ts';
import { readConfig } from './config.ts';
import { type HttpServer, listen } from './listen.ts';
import { type ComposedServer, composedServer } from './testing/composed-server.ts';
import { testCertificate } from './testing/test-certificates.ts';
import type { KeyPair } from './tls/key-pair.ts';

/** More than a replaced listener listens. */
const AFTER_MS = 60_000;
const scratch = scratchFolder();
const log = { info() {}, warn() {}, error() {} };
const open = new Set<WebSocket>();
let one: KeyPair;
let two: KeyPair;
let three: KeyPair;
let server: ComposedServer;
let http: HttpServer;
/** Of the listeners alone, so that no session falls silent when it goes on. */
let clock: ManualClock;

beforeAll(async () => {
  [one, two, three] = await Promise.all([
    testCertificate('one'),
    testCertificate('two'),
    testCertificate('three'),
  ]);
});

beforeEach(() => {
  server = composedServer({ publishes: 'server' });
  clock = new ManualClock();
  const config = readConfig({ data: 'unused', port: '0' }, {});
  http = listen(config, server, { log, clock, keyPair: one });
});

afterEach(async () => {
  for (const socket of open) socket.close();
  open.clear();
  await http.stop();
  await server[Symbol.asyncDispose]();
});

const port = () => Number(new URL(http.url).port);

/** What a connection is shown: the certificate's name, and the version of TLS; or why there was none. */
function shown(options: object = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false, ...options }, () => {
      resolve(`${socket.getPeerCertificate().subject.CN} ${socket.getProtocol()}`);
      socket.destroy();
    });
    socket.on('error', () => resolve('none'));
  });
}

const get = (route: string, init: RequestInit = {}) =>
  fetch(`${http.url}${route}`, { ...init, tls: { rejectUnauthorized: false } });

async function session(token: string) {
  const { url, ticket } = (await (
    await get('/v1/gateway', { headers: { authorization: `Bearer ${token}` } })
  ).json()) as { url: string; ticket: string };
  expect(url).toBe(`wss://127.0.0.1:${port()}/v1/connect`);
  const socket = new WebSocket(url, { protocols: ['maru.v1'], tls: { rejectUnauthorized: false } });
  open.add(socket);
  const frames: { kind: string }[] = [];
  let wake = () => {};
  socket.onmessage = ({ data }) => {
    frames.push(JSON.parse(String(data)));
    wake();
  };
  const take = async (kind: string) => {
    for (;;) {
      const at = frames.findIndex((frame) => frame.kind === kind);
      if (at !== -1) return frames.splice(at, 1)[0];
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  socket.send(JSON.stringify({ kind: 'hello', versions: [1], ticket }));
  await take('welcome');
  return { socket, take };
}

describe('one port, by TLS alone', () => {
  test('[TLS1] of 1.2 and 1.3 and nothing below, and nothing in the clear', async () => {
    expect(await shown()).toBe('one TLSv1.3');
    expect(await shown({ maxVersion: 'TLSv1.2' })).toBe('one TLSv1.2');
    expect(await shown({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).toBe('none');
    const plain = await fetch(`http://127.0.0.1:${port()}/healthz`).catch(() => undefined);
    expect(plain?.ok ?? false).toBe(false);
    expect(http.url).toStartWith('https://127.0.0.1:');
  });

  test('[TLS3] a cookie goes by https alone, and a page without it is another one', async () => {
    const signUp = (origin: string) =>
      get('/v1/accounts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({
          handle: 'mina',
          name: 'Mina',
          password: 'correct horse',
          device: { name: 'browser', credential: 'cookie' },
        }),
      });
    expect((await signUp(http.url.replace('https:', 'http:'))).status).toBe(403);
    const response = await signUp(http.url);
    expect(response.headers.get('set-cookie')).toEndWith('; Secure');
    expect(await response.json()).toMatchObject({ gateway: { url: `wss://127.0.0.1:${port()}/v1/connect` } });
  });
});

test('[TLS3] browsers are told to stay with https, but not of this machine or of an address', async () => {
  for (const [host, told] of [
    ['chat.example.org', 'max-age=15552000'],
    ['localhost', null],
    ['127.0.0.1', null],
  ] as const) {
    await http.stop();
    const config = readConfig({ data: 'unused', port: '0', 'trusted-proxy': '10.0.0.1' }, {});
    http = listen(config, server, { log, clock, keyPair: one });
    const { headers } = await get('/healthz', { headers: { host } });
    expect([host, headers.get('strict-transport-security')]).toEqual([host, told]);
  }
});

describe('[TLS2] another certificate', () => {
  test('is shown from then on; sessions stay, hear each other across it, and all end with the server', async () => {
    const [mina, jun] = [await server.person('mina'), await server.person('jun')];
    const before = await session(mina.token);
    void http.listeners.replace(two);
    for (let i = 0; i < 10; i++) expect(await shown()).toStartWith('two ');
    const after = await session(jun.token);
    const room = await server.direct(mina, jun);
    for (const [by, to] of [
      [mina, after],
      [jun, before],
    ] as const) {
      await to.take('room');
      await server.send(by, room, 'Hello!');
      await to.take('events');
    }
    for (const { socket } of [before, after]) socket.send('{"kind":"beat","state":"active"}');
    for (const { take } of [before, after]) await take('beat');
    clock.advance(AFTER_MS);
    void http.listeners.replace(three);
    for (let i = 0; i < 10; i++) expect(await shown()).toStartWith('three ');
    for (const { socket } of [before, after]) expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test('what is published reaches the sockets of both', async () => {
    const [mina, jun] = [await server.person('mina'), await server.person('jun')];
    const before = await session(mina.token);
    void http.listeners.replace(two);
    const after = await session(jun.token);
    // A group of so many is delivered to by its topic.
    const others = await Promise.all(
      Array.from({ length: TOPIC_MEMBERS_MIN }, (_, index) => server.person(`somebody_${index}`)),
    );
    const room = await server.group(mina, jun, ...others);
    await server.send(mina, room, 'Hello, everybody!');
    for (const { take } of [before, after]) {
      expect(await take('events')).toMatchObject({ room, events: [{ kind: 'created' }] });
      expect(await take('events')).toMatchObject({ room, events: [{ kind: 'message' }] });
    }
  });

  const linux = process.platform === 'linux';
  test.skipIf(!linux)(
    `refuses no connection, however busy the server is${linux ? '' : ' (skipped: only Linux steers connections)'}`,
    async () => {
      expect(http.listeners.isSteered).toBe(true);
      for (const [index, pair] of [two, three, one].entries()) {
        const done = http.listeners.replace(pair);
        const standing = path.join(scratch.path, `standing-${index}`);
        const program = path.join(import.meta.dir, 'testing', 'knock-process.ts');
        const child = Bun.spawn([process.execPath, program, String(port()), '40', standing], {
          stdout: 'pipe',
        });
        // Nobody is let in meanwhile: the connections wait with the kernel, at one listener or the other.
        while (!existsSync(standing)) Bun.sleepSync(1);
        clock.advance(AFTER_MS);
        await done;
        const expected = ['two', 'three', 'one'][index] ?? '';
        expect(JSON.parse(await new Response(child.stdout).text())).toEqual(Array(40).fill(expected));
      }
    },
  );

  test('whose key is another one changes nothing', async () => {
    const broken = { cert: two.cert, key: three.key };
    expect(() => http.listeners.replace(broken)).toThrow();
    expect(await shown()).toStartWith('one ');
    void http.listeners.replace(two);
    expect(await shown()).toStartWith('two ');
  });

  test('ends a request’s connection politely where it came by the one before', async () => {
    expect((await get('/healthz')).headers.get('connection')).not.toBe('close');
    const answer = connect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false });
    await new Promise<void>((resolve) => answer.on('secureConnect', () => resolve()));
    void http.listeners.replace(two);
    let text = '';
    answer.on('data', (data) => {
      text += data.toString();
    });
    answer.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await new Promise<void>((resolve) => answer.on('close', () => resolve()));
    expect(text).toStartWith('HTTP/1.1 200 OK');
    expect(text.toLowerCase()).toContain('connection: close');
  });
});
