import { afterEach, beforeAll, describe, expect, test } from 'bun:test';
import type { GivenFlags } from './config.ts';
import { readConfig } from './config.ts';
import { type HttpServer, listen } from './listen.ts';
import { type ComposedServer, composedServer } from './testing/composed-server.ts';
import { RawSocket } from './testing/raw-socket.ts';
import {
  CLIENT_ADDRESS,
  type ReverseProxy,
  type ReverseProxyOptions,
  startReverseProxy,
} from './testing/reverse-proxy.ts';
import { testCertificate } from './testing/test-certificates.ts';
import type { KeyPair } from './tls/key-pair.ts';

/** Log-ins at once from one address. */
const BURST = 60;
const NAMED = { 'public-url': 'https://chat.example.org', 'trusted-proxy': '127.0.0.1' } as const;
const DEVICE = { name: 'browser', credential: 'cookie' };

let keyPair: KeyPair;
let server: ComposedServer;
let http: HttpServer;
let proxy: ReverseProxy;

beforeAll(async () => {
  keyPair = await testCertificate('proxy');
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await http.stop();
  await server[Symbol.asyncDispose]();
});

/** A server, and a proxy before it: with TLS, if nothing else is said. */
async function start(
  flags: GivenFlags,
  proxied: Omit<ReverseProxyOptions, 'port'> = { keyPair },
): Promise<void> {
  const config = readConfig(
    { data: 'unused', port: '0', 'rate-log-ins': '1', 'sign-up': 'open', ...flags },
    {},
  );
  server = composedServer({ config, publishes: 'server' });
  http = listen(config, server, { log: server.log, clock: server.clock });
  proxy = await startReverseProxy({ port: Number(new URL(http.url).port), ...proxied });
}

function ask(base: string, route: string, headers: Record<string, string> = {}, body?: object) {
  return fetch(base + route, {
    method: body === undefined ? 'GET' : 'POST',
    // The proxy takes one request a connection.
    keepalive: false,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    tls: { rejectUnauthorized: false },
  });
}

let people = 0;

function signUp(base: string, headers: Record<string, string>) {
  const account = { handle: `person_${++people}`, name: 'Mina', password: 'correct horse', device: DEVICE };
  return ask(base, '/v1/accounts', headers, account);
}

/** Statuses of so many log-ins, each to another account that there isn't, and from where it says. */
async function logIns(base: string, count: number, headersOf: (index: number) => Record<string, string>) {
  const body = () => ({ handle: `nobody_${++people}`, password: 'wrong horse', device: { name: 'x' } });
  const statuses: number[] = [];
  for (let index = 0; index < count; index++)
    statuses.push((await ask(base, '/v1/sessions', headersOf(index), body())).status);
  return statuses;
}

describe('through a trusted proxy that speaks TLS', () => {
  test('[PRIV11] [LIMIT6] log-ins count by the client’s own address, whatever it writes before it', async () => {
    await start(NAMED);
    const host = { host: 'chat.example.org' };
    const from = (address: string) => (index: number) => ({
      ...host,
      [CLIENT_ADDRESS]: address,
      'x-forwarded-for': `10.0.0.${index}`,
    });
    const mine = await logIns(proxy.url, BURST + 1, from('192.0.2.1'));
    expect(mine.indexOf(429)).toBe(BURST);
    expect(await logIns(proxy.url, 1, from('192.0.2.2'))).toEqual([401]);
    expect(await logIns(proxy.url, 1, from('2001:db8::1'))).toEqual([401]);
  }, 60_000);

  test('[PRIV11] [LIMIT6] sockets count by the client’s own address', async () => {
    // These sockets speak no TLS.
    await start({ ...NAMED, 'sockets-per-address-max': '2' }, {});
    const open = (address: string) =>
      RawSocket.open(proxy.port, {
        headers: { [CLIENT_ADDRESS]: address, 'X-Forwarded-For': `10.0.0.${people++}` },
      });
    using first = await open('192.0.2.1');
    using again = await open('192.0.2.1');
    expect([first.status, again.status]).toEqual([101, 429]);
    using other = await open('192.0.2.2');
    expect(other.status).toBe(101);
  });

  test('[TLS3] cookies are secure, the gateway is named by wss, and browsers are told to stay with https', async () => {
    await start(NAMED);
    const headers = { host: 'chat.example.org', origin: 'https://chat.example.org' };
    const response = await signUp(proxy.url, headers);
    expect(response.status).toBe(201);
    expect(response.headers.get('set-cookie')).toEndWith('; Secure');
    expect(response.headers.get('strict-transport-security')).toBe('max-age=15552000');
    expect(await response.json()).toMatchObject({ gateway: { url: 'wss://chat.example.org/v1/connect' } });
  });

  test('[PRIV10] pages of the public URL may use the cookie, however the proxy names the server; others may not', async () => {
    await start(NAMED);
    for (const host of ['chat.example.org', '127.0.0.1:8787', 'localhost']) {
      expect((await signUp(proxy.url, { host, origin: 'https://chat.example.org' })).status).toBe(201);
      for (const origin of ['http://chat.example.org', 'https://evil.example'])
        expect((await signUp(proxy.url, { host, origin })).status).toBe(403);
    }
    expect((await signUp(proxy.url, { host: 'evil.example', origin: 'https://evil.example' })).status).toBe(
      403,
    );
  });

  test('[PRIV11] without a public URL the proxy’s word is what the server goes by', async () => {
    const headers = { 'x-forwarded-host': 'chat.example.org' };
    await start({ 'trusted-proxy': '127.0.0.0/8' }, { keyPair, headers });
    const response = await signUp(proxy.url, { host: 'maru:8787', origin: 'https://chat.example.org' });
    expect(response.headers.get('set-cookie')).toEndWith('; Secure');
    expect(await response.json()).toMatchObject({ gateway: { url: 'wss://chat.example.org/v1/connect' } });
    // It may be a name for a day: only an operator's word is good for half a year.
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });

  test('a session lives through it', async () => {
    await start(NAMED);
    const mina = await server.person('mina');
    const headers = { host: 'chat.example.org', authorization: `Bearer ${mina.token}` };
    const { ticket } = (await (await ask(proxy.url, '/v1/gateway', headers)).json()) as { ticket: string };
    const socket = new WebSocket(`${proxy.url.replace('https', 'wss')}/v1/connect`, {
      protocols: ['maru.v1'],
      tls: { rejectUnauthorized: false },
    });
    const welcomed = new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)));
    });
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send(JSON.stringify({ kind: 'hello', versions: [1], ticket }));
    expect(await welcomed).toMatchObject({ kind: 'welcome', user: mina.user });
    socket.close();
  });
});

describe('[PRIV11] from an address that is no trusted proxy', () => {
  const SPOOFED = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };

  test('invented headers count for nothing', async () => {
    await start({ 'trusted-proxy': '10.0.0.1' }, { keyPair, headers: SPOOFED });
    for (const base of [http.url, proxy.url]) {
      const host = new URL(base).host;
      const response = await signUp(base, { host, origin: `http://${host}`, ...SPOOFED });
      expect([base, response.status]).toEqual([base, 201]);
      expect(response.headers.get('set-cookie')).not.toContain('Secure');
      expect(response.headers.get('strict-transport-security')).toBeNull();
      expect(await response.json()).toMatchObject({ gateway: { url: `ws://${host}/v1/connect` } });
    }
    const statuses = await logIns(http.url, BURST, (index) => ({ 'x-forwarded-for': `192.0.2.${index}` }));
    // Two of this address's sixty went to the sign-ups above.
    expect(statuses.indexOf(429)).toBe(BURST - 2);
  }, 60_000);

  test('[PRIV6] the operator is told once, and not which address it is', async () => {
    await start({ 'trusted-proxy': '10.0.0.1' });
    for (const address of ['192.0.2.1', '192.0.2.2'])
      await ask(proxy.url, '/healthz', { [CLIENT_ADDRESS]: address });
    expect(server.logged).toHaveLength(1);
    expect(server.logged[0]).toContain('--trusted-proxy');
    expect(server.logged[0]).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });
});
