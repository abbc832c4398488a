import { expect, test } from 'bun:test';
import { tokenFromCookie } from './token-from-cookie.ts';

test('the token is found among other cookies', () => {
  const token = { kind: 'token', token: 'maru_x=' } as const;
  expect(tokenFromCookie('a=b; maru_token=maru_x=; other=1', false)).toEqual(token);
  expect(tokenFromCookie('a=b;__Host-maru_token=maru_x=; other=1', true)).toEqual(token);
  for (const header of ['maru_token2=x; xmaru_token=y; __Host-maru_token2=z', 'maru_token', '', null])
    expect(tokenFromCookie(header, false)).toEqual({ kind: 'none' });
});

test('[PRIV12] by https only the cookie counts that no other host can have set', () => {
  expect(tokenFromCookie('maru_token=eve', true)).toEqual({ kind: 'none' });
  const both = 'maru_token=eve; __Host-maru_token=ada; maru_token=eve';
  expect(tokenFromCookie(both, true)).toEqual({ kind: 'token', token: 'ada' });
  expect(tokenFromCookie('__Host-maru_token=ada', false)).toEqual({ kind: 'token', token: 'ada' });
});

test.each([
  ['maru_token=eve; maru_token=ada', false],
  ['maru_token=ada; a=b; maru_token=ada', false],
  ['maru_token=eve; __Host-maru_token=ada', false],
  ['__Host-maru_token=eve; __Host-maru_token=ada', true],
])('[PRIV12] of two none counts: %s', (header, secure) => {
  expect(tokenFromCookie(header, secure)).toEqual({ kind: 'several' });
});
