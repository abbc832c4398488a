import { expect, test } from 'bun:test';
import { addressKey, networkKey } from './address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0000:0001:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test('the networks of one site count as one, and an IPv4 address by itself', () => {
  expect(networkKey('2001:db8:1:2::7')).toBe('2001:db8:1::/48');
  expect(networkKey('2001:0db8:0001:ffff::7')).toBe('2001:db8:1::/48');
  expect(networkKey('192.0.2.7')).toBe('192.0.2.7');
});
