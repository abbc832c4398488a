import { expect, test } from 'bun:test';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { uuidsFrom } from './uuids-from.ts';

test('a UUIDv7 carries the time, its version and its variant', () => {
  const bytes = uuidsFrom(new ManualClock(0x01_23_45_67_89_ab), {
    bytes: (n) => new Uint8Array(n).fill(255),
  })();
  expect(Buffer.from(bytes).toString('hex')).toBe('0123456789ab7fffbfffffffffffffff');
});

test('the same seed gives the same ids, and no id twice', () => {
  const ids = () => {
    const next = uuidsFrom(new ManualClock(), seededRandom(7));
    return Array.from({ length: 100 }, () => Buffer.from(next()).toString('hex'));
  };
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(100);
});
