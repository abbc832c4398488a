import { expect, test } from 'bun:test';
import { dataSize } from './data-size.ts';

test('data is counted in megabytes up to a thousand of them, then in gigabytes, then in terabytes', () => {
  expect(dataSize(0, 'en')).toBe('0 MB');
  expect(dataSize(999_499_999, 'en')).toBe('999 MB');
  expect(dataSize(999_500_000, 'en')).toBe('1 GB');
  expect(dataSize(1_000_000_000, 'en')).toBe('1 GB');
  expect(dataSize(84_262_000_000, 'en')).toBe('84.3 GB');
  expect(dataSize(999_400_000_000, 'en')).toBe('999.4 GB');
  expect(dataSize(2_000_000_000_000, 'en')).toBe('2 TB');
  expect(dataSize(5_000_000_000_000_000, 'en')).toBe('5,000 TB');
});

test('its unit is written as the language does', () => {
  expect(dataSize(1_500_000_000, 'ko')).toBe('1.5GB');
});
