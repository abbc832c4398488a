import { describe, expect, test } from 'bun:test';
import { isOriginAllowed } from './origin.ts';

const named = new Set(['https://app.example.org']);

describe('[PRIV10] the origin of a request with a cookie', () => {
  test.each([
    ["the server's own page", 'http://127.0.0.1:8787', '127.0.0.1:8787', true],
    ['behind a proxy that speaks TLS', 'https://chat.example.org', 'chat.example.org', true],
    ['a named origin', 'https://app.example.org', '127.0.0.1:8787', true],
    ['a named origin without its TLS', 'http://app.example.org', 'app.example.org', false],
    ['another host', 'https://evil.example', 'chat.example.org', false],
    ['another port', 'http://127.0.0.1:8788', '127.0.0.1:8787', false],
    ['a host that only ends alike', 'https://evil-chat.example.org', 'chat.example.org', false],
    ['a page of another program under the same name', 'app://chat.example.org', 'chat.example.org', false],
    ['a sandboxed page', 'null', 'chat.example.org', false],
    ['no URL', 'chat.example.org', 'chat.example.org', false],
    ['none', undefined, 'chat.example.org', false],
  ])('%s', (_what, origin, host, allowed) => {
    const headers = new Headers(origin === undefined ? {} : { origin });
    expect(isOriginAllowed(headers, { host, secure: false }, named)).toBe(allowed);
  });

  test('where it came by https, a page without it is none of this server', () => {
    const of = (origin: string) =>
      isOriginAllowed(new Headers({ origin }), { host: 'chat.example.org', secure: true }, new Set());
    expect([of('https://chat.example.org'), of('http://chat.example.org')]).toEqual([true, false]);
  });
});
