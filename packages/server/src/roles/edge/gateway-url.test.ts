import { describe, expect, test } from 'bun:test';
import { gatewayUrl } from './gateway-url.ts';

describe('the gateway is named as the client reaches the server', () => {
  test.each([
    ['127.0.0.1:8787', 'ws://127.0.0.1:8787/v1/connect'],
    ['chat.example.org', 'ws://chat.example.org/v1/connect'],
    ['[::1]:8787', 'ws://[::1]:8787/v1/connect'],
  ])('Host: %s', (host, url) => {
    expect(gatewayUrl(undefined, { host, secure: false })).toBe(url);
  });

  test('by wss where the client came by https, and by a name of this machine where it named none', () => {
    expect(gatewayUrl(undefined, { host: 'chat.example.org', secure: true })).toBe(
      'wss://chat.example.org/v1/connect',
    );
    expect(gatewayUrl(undefined, { host: '', secure: false })).toBe('ws://localhost/v1/connect');
  });

  test.each([
    ['https://chat.example.org', 'wss://chat.example.org/v1/connect'],
    ['http://chat.example.org:8080', 'ws://chat.example.org:8080/v1/connect'],
    ['https://example.org/chat/', 'wss://example.org/chat/v1/connect'],
  ])('[TLS4] where the operator says so, at %s', (publicUrl, url) => {
    expect(gatewayUrl(new URL(publicUrl), { host: 'evil.example', secure: false })).toBe(url);
  });
});
