import { expect, test } from 'bun:test';
import { hasSignedInSign } from './signed-in-sign.ts';

test.each([
  ['', false],
  ['other=1', false],
  ['x_maru_signed_in=1', false],
  ['maru_signed_in=1', true],
  ['other=1; __Host-maru_signed_in=1', true],
])('[PRIV13] whether cookies %p say that there is a token: %p', (cookies, expected) => {
  expect(hasSignedInSign(cookies)).toBe(expected);
});
