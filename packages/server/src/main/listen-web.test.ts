import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { routes } from '@maru/protocol';
import { readConfig } from './config.ts';
import { type HttpServer, listen } from './listen.ts';
import { StartError } from './start-error.ts';
import { ARRIVAL, type ComposedServer, composedServer } from './testing/composed-server.ts';
import { rawRequest } from './testing/raw-request.ts';
import { openWebApp } from './web-folder.ts';

const PAGE = '<!doctype html><title>Maru</title><div id="app"></div>';
const SCRIPT = `console.log(${JSON.stringify('maru '.repeat(300))});`;
const SECRET = 'nobody may read this';
const silent = { info() {}, warn() {}, error() {} };

const tree = mkdtempSync(path.join(tmpdir(), 'maru-web-'));
const folder = path.join(tree, 'dist');
let server: ComposedServer;
let http: HttpServer;

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(path.join(folder, name), content);
  write('index.html', PAGE);
  write('index.html.br', brotliCompressSync(PAGE));
  write('sw.js', 'self.skipWaiting;');
  write('manifest.webmanifest', '{}');
  write('assets/app-B4x7.js', SCRIPT);
  write('assets/app-B4x7.js.br', brotliCompressSync(SCRIPT));
  write('assets/app-B4x7.js.gz', gzipSync(SCRIPT));
  write('assets/odd.unknown', 'x');
  write('.env', SECRET);
  writeFileSync(path.join(tree, 'secret.txt'), SECRET);
  symlinkSync(path.join(tree, 'secret.txt'), path.join(folder, 'linked.txt'));
  await serve({ web: folder });
});

afterAll(async () => {
  await http.stop();
  await server[Symbol.asyncDispose]();
  rmSync(tree, { recursive: true, force: true });
});

async function serve(flags: Record<string, string>): Promise<void> {
  const config = readConfig({ data: 'unused', port: '0', ...flags }, {});
  server = composedServer();
  const webApp = await openWebApp(config, silent);
  http = listen(config, server, { log: silent, clock: server.clock, webApp });
}

const get = (at: string, init: BunFetchRequestInit = {}) =>
  fetch(http.url + at, { redirect: 'manual', decompress: false, ...init });
const textOf = async (response: Promise<Response>) => (await response).text();

describe('[WEB1] the page', () => {
  test.each(['/', '/index.html', '/rooms', '/rooms/room_01j/about', '/v1x', '/documents'])(
    'is what %s gives, and asked for each time whether it still holds',
    async (at) => {
      const response = await get(at, { headers: { 'accept-encoding': 'identity' } });
      expect(await response.text()).toBe(PAGE);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const etag = response.headers.get('etag') ?? '';
      const again = await get(at, { headers: { 'if-none-match': etag } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    },
  );

  test.each(['/v1/nothing', '/v1', '/metrics', '/health', '/gone.js', '/assets/app-old.js', '/rooms/a.png'])(
    'is not given for %s',
    async (at) => {
      const response = await get(at);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('<title>');
    },
  );

  test('leaves the API, its pages and the probes where they are', async () => {
    expect(JSON.parse(await textOf(get(routes.getServer.path)))).toMatchObject({ name: 'maru' });
    expect(await textOf(get('/docs'))).toContain('id="getServer"');
    expect(await textOf(get('/healthz'))).toBe('ok\n');
    expect((await get('/', { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('is told to a HEAD without its content', async () => {
    const response = await get('/', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe(String(PAGE.length));
    expect((await get('/assets/app-B4x7.js', { method: 'HEAD' })).headers.get('content-length')).not.toBe(
      '0',
    );
  });
});

describe('[WEB2] no path leads out of the folder', () => {
  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/assets/%00/../../../secret.txt',
    `/${path.join(tree, 'secret.txt')}`,
    '/linked.txt',
    '/.env',
    '/%2eenv',
  ])('%s', async (at) => {
    const answer = await rawRequest(
      http.url,
      `GET ${at} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toStartWith('HTTP/1.1 ');
    expect(answer).not.toContain(SECRET);
  });
});

describe('[WEB3] what changes under its name is asked for, what does not is kept', () => {
  test('a file with a hash in its name is kept for ever', async () => {
    const { headers } = await get('/assets/app-B4x7.js');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await get('/assets/app-B4x7.js', {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('a service worker is not', async () => {
    const { headers } = await get('/sw.js');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['*', 'br'],
    ['deflate', null],
    ['gzip;q=0, *;q=0.000', null],
    ['identity', null],
  ])('what was compressed at the build goes as the client takes it: %s → %s', async (accept, coding) => {
    const response = await get('/assets/app-B4x7.js', { headers: { 'accept-encoding': accept } });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const plain =
      coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(new TextDecoder().decode(plain)).toBe(SCRIPT);
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toBe(coding === null ? '"app-B4x7.js"' : `"app-B4x7.js-${coding}"`);
  });
});

describe('[WEB4] the page', () => {
  test('may run and show its own files alone, and stand in no frame', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
    const { host } = new URL(http.url);
    expect(policy).toContain(`connect-src 'self' ws://${host};`);
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      // No picture of a text, and of nothing that another page gave.
      "img-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types maru',
    ])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('*');
    expect(policy).not.toMatch(/data:|blob:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('microphone=()');
  });

  test('is opened by no name that is not this server’s', async () => {
    const answer = await rawRequest(
      http.url,
      'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toStartWith('HTTP/1.1 403');
    expect(answer).not.toContain('<title>');
  });
});

test('without an app the server says in words what to do, and a folder without one is not taken for one', async () => {
  const empty = path.join(tree, 'empty');
  mkdirSync(empty, { recursive: true });
  const config = readConfig({ data: 'unused', web: empty }, {});
  const error = await openWebApp(config, silent).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StartError);
  expect(String(error)).toContain('there is no index.html');
  expect(await openWebApp({ ...config, web: 'off' }, silent)).toBeUndefined();
  const without = composedServer();
  const page = await without.api.fetch(new Request('http://127.0.0.1:8787/'), ARRIVAL);
  expect(await page.text()).toContain('npm start');
  await without[Symbol.asyncDispose]();
});
