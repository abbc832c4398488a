import { expect, test } from 'bun:test';
import { deviceLink, readDeviceLink } from './device-link.ts';

test('a link holds the server and the code, and both are read from it', () => {
  expect(deviceLink('https://chat.example.org/', '7kqm-4rxp')).toBe(
    'https://chat.example.org/#device=7kqm-4rxp',
  );
  expect(readDeviceLink('https://example.org/chat/#device=7kqm-4rxp')).toEqual({
    code: '7kqm-4rxp',
    server: 'https://example.org/chat/',
  });
});

test.each(['7kqm-4rxp', '7KQM4RXP', ' 7kqm 4rxp '])('a code as people type it: %p', (text) => {
  expect(readDeviceLink(text)).toEqual({ code: text.trim() });
});

test.each([
  '',
  '7kqm',
  '7kqm-4rxp-1',
  'javascript:x#device=7kqm-4rxp',
  'https://a.example/#join=7kqm-4rxp',
  '#device=7kqm-4rxp',
])('neither a code nor a link: %p', (text) => {
  expect(readDeviceLink(text)).toBeUndefined();
});
