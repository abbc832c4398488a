import { afterEach, expect, test } from 'bun:test';
import { AddressRanges } from '../roles/edge/address-ranges.ts';
import { type Config, readConfig } from './config.ts';
import { type HttpServer, listen } from './listen.ts';
import { type ComposedServer, composedServer } from './testing/composed-server.ts';
import { rawRequest } from './testing/raw-request.ts';

let server: ComposedServer;
let http: HttpServer;

afterEach(async () => {
  await http.stop();
  await server[Symbol.asyncDispose]();
});

function start(more: Partial<Config> = {}): void {
  server = composedServer();
  const config = { ...readConfig({ data: 'unused', port: '0' }, {}), ...more };
  http = listen(config, server, { log: server.log, clock: server.clock });
}

/** The status and the body's code, asked for as a browser would that was led here by `host`. */
async function ask(host: string): Promise<string> {
  const answer = await rawRequest(
    http.url,
    `GET /v1/server HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  );
  return `${answer.slice(9, 12)} ${/"code":"([^"]+)"/.exec(answer)?.[1] ?? 'done'}`;
}

test('[PRIV10] on its own machine alone, a server takes no name that others may lead there', async () => {
  start();
  const { port } = new URL(http.url);
  for (const host of ['127.0.0.1', 'localhost', 'maru.localhost', '[::1]', `LOCALHOST:${port}`, '10.0.2.2']) {
    expect([host, await ask(host)]).toEqual([host, '200 done']);
  }
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'notlocalhost']) {
    expect([host, await ask(host)]).toEqual([host, '403 origin-refused']);
  }
});

test('[PRIV10] a server with a public URL answers to its name, to those of allowed origins and of its machine', async () => {
  const config = readConfig(
    {
      'public-url': 'https://chat.example.org',
      'allowed-origins': 'https://app.example',
      'trusted-proxy': '10.0.0.1',
      data: 'unused',
    },
    {},
  );
  start({ ...config, port: 0 });
  for (const host of ['chat.example.org', 'Chat.Example.org:443', 'app.example', 'localhost', '192.0.2.1']) {
    expect([host, await ask(host)]).toEqual([host, '200 done']);
  }
  for (const host of ['evil.example', 'example.org', 'a.chat.example.org']) {
    expect([host, await ask(host)]).toEqual([host, '403 origin-refused']);
  }
});

test('a server that others reach and that was told no name answers to any', async () => {
  start({ trustedProxies: AddressRanges.of(['10.0.0.0/8']) });
  expect(await ask('chat.example.org')).toBe('200 done');
});

test('[PRIV6] a Host that is none is a bad request, and stands in no log', async () => {
  start();
  for (const host of ['a b[::', 'a:b:c', '%00'])
    expect([host, await ask(host)]).toEqual([host, '400 bad-request']);
  expect(server.logged).toEqual([]);
});
