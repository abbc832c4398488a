import { expect, test } from 'bun:test';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { hashCode, hashSecret, newCode, newTicket, newToken } from './secrets.ts';

test('a token has 256 bits behind its prefix', () => {
  expect(newToken(seededRandom())).toMatch(/^maru_[\w-]{43}$/);
});

test('no two secrets are alike', () => {
  const random = seededRandom();
  const made = [newToken, newTicket, newCode].flatMap((make) =>
    Array.from({ length: 100 }, () => make(random)),
  );
  expect(new Set(made).size).toBe(300);
});

test('a code has 80 bits in four groups', () => {
  expect(newCode({ bytes: (count) => new Uint8Array(count).fill(255) })).toBe('zzzz-zzzz-zzzz-zzzz');
  expect(newCode({ bytes: (count) => Uint8Array.from({ length: count }, (_, i) => i + 1) })).toBe(
    '0410-6105-0r3g-g28a',
  );
});

test('a code may be typed in any case, with or without its dashes, and with the letters that look like digits', () => {
  const hash = hashCode('01z0-abcd-efgh-jkmn');
  for (const typed of [
    '01Z0ABCDEFGHJKMN',
    ' 01z0 abcd efgh jkmn ',
    'OLz0-abcd-efgh-jkmn',
    'oiz0-abcd-efgh-jkmn',
  ]) {
    expect(hashCode(typed)).toBe(hash);
  }
  expect(hashCode('01z0-abcd-efgh-jkmp')).not.toBe(hash);
});

test('a secret is stored as its SHA-256', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
