import { describe, expect, test } from 'bun:test';
import { AddressRanges } from './address-ranges.ts';
import { arrivalOf, type Ground } from './arrival.ts';

const PROXY = '10.0.0.1';
const trustedProxies = AddressRanges.of(['10.0.0.0/8', '2001:db8:1::/48']);
const ground: Ground = { peer: PROXY, tls: false, trustedProxies, publicUrl: undefined };

const arrive = (headers: Record<string, string>, more: Partial<Ground> = {}) =>
  arrivalOf(new Headers(headers), { ...ground, ...more });

describe('[PRIV11] where a request comes from', () => {
  test.each([
    ['what the proxy says', '192.0.2.1', '192.0.2.1'],
    ['not what the client put before it', '198.51.100.9, 192.0.2.1', '192.0.2.1'],
    ['behind a second proxy', '192.0.2.1, 10.2.2.2', '192.0.2.1'],
    ['behind a second proxy, with an invention before it', '127.0.0.1, 192.0.2.1, 10.2.2.2', '192.0.2.1'],
    ['from a proxy itself, at the far end of the trusted ones', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
    ['IPv6', '2001:db8:2::1', '2001:db8:2::1'],
    ['IPv6 behind a second proxy', '2001:db8:2::1, 2001:db8:1::9', '2001:db8:2::1'],
    ['with a port', '192.0.2.1:4711', '192.0.2.1'],
    ['IPv6 with a port', '[2001:db8:2::1]:4711', '2001:db8:2::1'],
    ['unknown to the proxy', '192.0.2.1, unknown', PROXY],
    ['unknown to the second one', '192.0.2.1, unknown, 10.2.2.2', '10.2.2.2'],
    ['an element without anything in it', '192.0.2.1, ,', '192.0.2.1'],
    ['nothing at all', '', PROXY],
  ])('%s', (_what, forwarded, address) => {
    expect(arrive({ 'x-forwarded-for': forwarded }).address).toBe(address);
  });

  test('is its other end where no proxy is trusted, or another one, whatever it says', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    expect(arrive(headers, { trustedProxies: undefined }).address).toBe(PROXY);
    expect(arrive(headers, { peer: '203.0.113.5' }).address).toBe('203.0.113.5');
    expect(arrive({}, { peer: PROXY }).address).toBe(PROXY);
  });

  test('an IPv4 proxy is trusted by the address that a socket for both shows of it', () => {
    expect(arrive({ 'x-forwarded-for': '192.0.2.1' }, { peer: `::ffff:${PROXY}` }).address).toBe('192.0.2.1');
  });
});

describe('[PRIV11] whether it came by https', () => {
  const https = new URL('https://chat.example.org');
  test.each([
    ['by the word of the proxy', { 'x-forwarded-proto': 'https' }, {}, true],
    ['of a socket', { 'x-forwarded-proto': 'WSS' }, {}, true],
    ['not by the word of the client before it', { 'x-forwarded-proto': 'https, http' }, {}, false],
    [
      'not where the proxy says http',
      { 'x-forwarded-proto': 'http' },
      { publicUrl: https, tls: true },
      false,
    ],
    ['by the public URL, where the proxy says nothing', {}, { publicUrl: https }, true],
    ['not where nobody says so', {}, {}, false],
    ['not by the word of anybody else', { 'x-forwarded-proto': 'https' }, { peer: '192.0.2.1' }, false],
    ['by TLS of our own', { 'x-forwarded-proto': 'http' }, { peer: '192.0.2.1', tls: true }, true],
  ])('%s', (_what, headers, more, secure) => {
    expect(arrive(headers as Record<string, string>, more).secure).toBe(secure);
  });
});

describe('[PRIV11] by which name', () => {
  test.each([
    ['that of the request', { host: 'maru:8787' }, {}, 'maru:8787'],
    [
      'that of the proxy, where it says one',
      { host: 'maru:8787', 'x-forwarded-host': 'chat.example.org' },
      {},
      'chat.example.org',
    ],
    ['the last of several', { 'x-forwarded-host': 'evil.example, chat.example.org' }, {}, 'chat.example.org'],
    [
      'not what anybody else says',
      { host: 'maru:8787', 'x-forwarded-host': 'evil.example' },
      { peer: '192.0.2.1' },
      'maru:8787',
    ],
    [
      'without the usual port',
      { host: 'Chat.Example.org:443' },
      { tls: true, peer: '::1' },
      'chat.example.org',
    ],
    ['with another port', { host: 'chat.example.org:443' }, {}, 'chat.example.org:443'],
    ['IPv6', { host: '[::1]:8787' }, {}, '[::1]:8787'],
  ])('%s', (_what, headers, more, host) => {
    expect(arrive(headers as Record<string, string>, more).host).toBe(host);
  });

  test.each(['', 'a b', 'evil.example/path', 'user@evil.example', 'a:b:c', '[::1', 'x'.repeat(300), '-a-'])(
    'none where it is none: %s',
    (host) => {
      expect(arrive(host === '' ? {} : { host }).host).toBe('');
    },
  );
});
