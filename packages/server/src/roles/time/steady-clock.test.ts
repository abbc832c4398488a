import { expect, test } from 'bun:test';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { SteadyClock } from './steady-clock.ts';

const START = 1_790_000_000_000;
const MINUTE = 60_000;

function steady() {
  const clock = new ManualClock(START);
  const time = new SteadyClock(clock);
  return { clock, since: () => time.now() - START };
}

test('[TIME4] follows the clock, also where it is set back', () => {
  const { clock, since } = steady();
  clock.advance(MINUTE);
  expect(since()).toBe(MINUTE);
  clock.jump(-30 * MINUTE);
  expect(since()).toBe(-29 * MINUTE);
  clock.advance(MINUTE);
  expect(since()).toBe(-28 * MINUTE);
});

test('[TIME4] a machine that stood still for minutes is believed at once', () => {
  const { clock, since } = steady();
  clock.jump(5 * MINUTE);
  expect(since()).toBe(5 * MINUTE);
});

test('[TIME4] what stands in events are whole milliseconds, also while a leap is not believed', () => {
  const { clock, since } = steady();
  clock.jump(365 * 24 * 60 * MINUTE);
  clock.advance(0.75);
  expect(since()).toBe(0);
  clock.advance(1.5);
  expect(since()).toBe(2);
});

test('[TIME4] a clock that leaps ahead and comes back is not believed', () => {
  const { clock, since } = steady();
  clock.jump(365 * 24 * 60 * MINUTE);
  expect(since()).toBe(0);
  clock.advance(9 * MINUTE);
  expect(since()).toBe(9 * MINUTE);
  clock.jump(-365 * 24 * 60 * MINUTE);
  clock.advance(5 * MINUTE);
  expect(since()).toBe(14 * MINUTE);
  // A second leap lasts by itself.
  clock.jump(6 * MINUTE);
  expect(since()).toBe(14 * MINUTE);
});

test('[TIME4] a leap that lasts is believed', () => {
  const { clock, since } = steady();
  clock.jump(60 * MINUTE);
  expect(since()).toBe(0);
  clock.advance(10 * MINUTE);
  expect(since()).toBe(70 * MINUTE);
});
