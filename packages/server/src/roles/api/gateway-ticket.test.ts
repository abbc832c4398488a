import { describe, expect, test } from 'bun:test';
import { gatewayUrl } from './gateway-ticket.ts';

describe('the gateway is named as the client reaches the server', () => {
  test.each([
    ['127.0.0.1:8787', 'ws://127.0.0.1:8787/v1/connect'],
    ['chat.example.org', 'ws://chat.example.org/v1/connect'],
    ['[::1]:8787', 'ws://[::1]:8787/v1/connect'],
  ])('Host: %s', (host, url) => {
    expect(gatewayUrl(undefined, new Headers({ host }))).toBe(url);
  });

  test.each([
    ['https://chat.example.org', 'wss://chat.example.org/v1/connect'],
    ['http://chat.example.org:8080', 'ws://chat.example.org:8080/v1/connect'],
    ['https://example.org/chat/', 'wss://example.org/chat/v1/connect'],
  ])('where the operator says so, at %s', (publicUrl, url) => {
    expect(gatewayUrl(new URL(publicUrl), new Headers({ host: 'evil.example' }))).toBe(url);
  });

  test.each(['', 'a b', 'evil.example/path', 'user@evil.example', 'a:b:c', '[::1', 'x'.repeat(300), '-a-'])(
    'and not by a Host that is none: %s',
    (host) => {
      const headers = new Headers();
      if (host !== '') headers.set('host', host);
      expect(gatewayUrl(undefined, headers)).toBe('ws://localhost/v1/connect');
    },
  );
});
