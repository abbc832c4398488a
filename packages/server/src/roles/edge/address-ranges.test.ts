import { describe, expect, test } from 'bun:test';
import { AddressRanges } from './address-ranges.ts';

describe('addresses', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:0a01:0203', true],
    ['0.0.0.0/0', '192.0.2.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::1', '::1', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['fe80::/10', '10.0.0.1', false],
    ['10.0.0.0/8', '', false],
    ['10.0.0.0/8', 'unknown', false],
  ])('of %s: %s %s', (range, address, isIn) => {
    expect(AddressRanges.of([range])?.has(address)).toBe(isIn);
  });

  test('of several ranges are in any of them', () => {
    const ranges = AddressRanges.of(['10.0.0.0/8', '::1', '192.0.2.7']);
    expect(['10.1.1.1', '::1', '192.0.2.7', '192.0.2.8'].map((address) => ranges?.has(address))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
  ])('are not %j', (text) => {
    expect(AddressRanges.of(['::1', text])).toBeUndefined();
  });
});
