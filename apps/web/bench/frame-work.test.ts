import { expect, test } from 'bun:test';
import { quantile } from './figure.ts';
import { frameWork, type TraceEvent } from './frame-work.ts';

const named = (pid: number): TraceEvent => ({
  ...{ name: 'thread_name', pid, tid: 1, ts: 0 },
  args: { name: 'CrRendererMain' },
});
const frame = (pid: number, ts: number): TraceEvent => ({ name: 'BeginMainThreadFrame', pid, tid: 1, ts });
const task = (pid: number, ts: number, dur: number): TraceEvent => ({
  name: 'RunTask',
  pid,
  tid: 1,
  ts,
  dur,
});

test('tasks count for the frame in which they ran, of the page that drew the most', () => {
  const events = [
    ...[named(1), frame(1, 0), task(1, 10, 90_000)],
    ...[named(2), frame(2, 1_000), frame(2, 17_000), frame(2, 33_000)],
    // One that began before its frame, and one in the middle of the next.
    ...[task(2, 900, 4_000), task(2, 6_000, 1_000), task(2, 20_000, 60_000), task(2, 18_000, 2_000)],
    // Another thread of the same process.
    { ...task(2, 2_000, 70_000), tid: 9 },
  ];
  expect(frameWork(events)).toEqual({ frames: [5, 2], longTasks: 1 });
});

test('what a task waited for the processor is no work, and makes it long', () => {
  const waited = { ...task(1, 10, 60_000), tdur: 5_000 };
  expect(frameWork([named(1), frame(1, 0), frame(1, 100_000), waited])).toEqual({
    frames: [5],
    longTasks: 1,
  });
});

test('a quantile is a value that was there', () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(quantile(values, 0.95)).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([], 0.95)).toBe(0);
});
