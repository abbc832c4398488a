import { describe, expect, test } from 'bun:test';
import { bytes } from './bytes.ts';
import { worst } from './check.ts';
import { judgeClock } from './check-clock.ts';
import { judgeDisk } from './check-disk.ts';
import { judgeFileLimit } from './check-file-limit.ts';
import { judgeMemory } from './check-memory.ts';
import { checkRuntime } from './check-runtime.ts';
import { judgeSpace } from './check-space.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

describe('the runtime', () => {
  test.each([
    [undefined, 'fail'],
    ['1.3.9', 'fail'],
    ['1.4.0', 'ok'],
    ['1.10.1', 'ok'],
    ['2.0.0', 'warn'],
  ] as const)('Bun %s is %s', (bun, state) => {
    expect(checkRuntime({ bun, node: '24.0.0' }).state).toBe(state);
  });
});

describe('room on the disk', () => {
  const EXT4 = 0xef53;
  const space = (freeBytes: number, type = EXT4) => judgeSpace({ type, freeBytes, sizeBytes: 100 * GIB });

  test.each([
    [256 * MIB - 1, 'fail'],
    [256 * MIB, 'warn'],
    [2 * GIB - 1, 'warn'],
    [2 * GIB, 'ok'],
  ] as const)('%d bytes are %s', (free, state) => {
    expect(space(free).state).toBe(state);
  });

  test('a file system in memory keeps nothing, and one over the network locks badly', () => {
    expect(space(50 * GIB, 0x01021994)).toMatchObject({ state: 'fail', values: { kind: 'tmpfs' } });
    expect(space(50 * GIB, 0x6969)).toMatchObject({ state: 'warn', values: { kind: 'NFS' } });
    // As a signed number, as some platforms give it.
    expect(space(50 * GIB, 0xff534d42 | 0)).toMatchObject({ state: 'warn', values: { kind: 'CIFS' } });
  });
});

describe('the disk', () => {
  const times = (p50: number, p99: number) => [...Array(98).fill(p50), p99, p99] as number[];

  test('is judged by how long a write waits, and says what that allows', () => {
    const good = judgeDisk(times(0.5, 4));
    expect(good).toMatchObject({ state: 'ok', values: { p50Ms: 0.5, p99Ms: 4, sendsPerSecondAlone: 2_000 } });
    expect(good.found).toContain('2000 sends/s');
    expect(judgeDisk(times(10, 20)).values).toMatchObject({ sendsPerSecondTogether: 6_400 });
    expect(judgeDisk(times(0.01, 1)).values).toMatchObject({ sendsPerSecondTogether: 30_000 });
    expect(judgeDisk(times(1, 51)).state).toBe('warn');
    expect(judgeDisk(times(16, 20)).state).toBe('warn');
    expect(judgeDisk(times(16, 1_001)).state).toBe('fail');
  });

  test('that is quicker than any disk does not write', () => {
    expect(judgeDisk(times(0.002, 0.01))).toMatchObject({ state: 'warn' });
    expect(judgeDisk(times(0.002, 0.01)).advice).toContain('power');
  });
});

describe('open files', () => {
  test.each([
    [99, 'fail'],
    [100, 'warn'],
    [1_099, 'warn'],
    [1_100, 'ok'],
    [Number.POSITIVE_INFINITY, 'ok'],
    [undefined, 'ok'],
  ] as const)('%p for 1,000 sessions are %s', (limit, state) => {
    expect(judgeFileLimit(limit, 1_000).state).toBe(state);
  });
});

describe('memory', () => {
  test.each([
    [79 * MIB, 'fail'],
    [100 * MIB, 'warn'],
    [200 * MIB, 'ok'],
  ] as const)('%d bytes for 1,000 sessions are %s', (available, state) => {
    expect(judgeMemory({ available, total: GIB }, 1_000).state).toBe(state);
  });
});

describe('the clock', () => {
  const now = { wall: Date.UTC(2027, 0, 1), monotonic: 5_000 };
  const before = (driftMs: number) => ({ wall: now.wall - 1_000 - driftMs, monotonic: 4_000 });

  test.each([
    [0, true, 'ok'],
    [20, true, 'ok'],
    [21, true, 'warn'],
    [-21, undefined, 'warn'],
    [0, undefined, 'ok'],
    [0, false, 'warn'],
  ] as const)('drift %d ms, synchronised %p: %s', (drift, synced, state) => {
    expect(judgeClock(before(drift), now, synced)).toMatchObject({ state, values: { driftMs: drift } });
  });

  test('that stands in the past is none', () => {
    const long = { wall: Date.UTC(1970, 0, 1), monotonic: 5_000 };
    expect(judgeClock({ ...long, wall: long.wall - 1_000, monotonic: 4_000 }, long, true).state).toBe('fail');
  });
});

test('the worst of all counts', () => {
  const check = (state: 'ok' | 'warn' | 'fail') => ({ name: 'x', state, found: '' });
  expect(worst([check('ok'), check('ok')])).toBe('ok');
  expect(worst([check('warn'), check('ok')])).toBe('warn');
  expect(worst([check('warn'), check('fail'), check('ok')])).toBe('fail');
});

test('sizes are said as people read them', () => {
  expect([0, 999, 1536, 150 * MIB, 1.5 * GIB].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.5 KiB',
    '150 MiB',
    '1.5 GiB',
  ]);
});
