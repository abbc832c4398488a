import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { BODY_BYTES_COUNTED_MIN, BodyBudget } from './body-budget.ts';

const LIMITS = { senderBytesMax: 100_000, bytesMax: 150_000 };

test('[LIMIT11] all together hold so much and no more, whoever they are', () => {
  const budget = new BodyBudget(new ManualClock(), LIMITS);
  const ada = budget.open('ada');
  expect(ada.grow(100_000)).toBeUndefined();
  expect(ada.grow(1)).toMatchObject({ code: 'rate-limited', retryAfterMs: 1_000 });
  const eve = budget.open('eve');
  expect(eve.grow(50_000)).toBeUndefined();
  expect(eve.grow(1)).toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
  ada[Symbol.dispose]();
  expect(budget.open('eve').grow(0)).toBeUndefined();
  eve[Symbol.dispose]();
});

test('a body counts as what it costs at least', () => {
  const budget = new BodyBudget(new ManualClock(), LIMITS);
  const share = budget.open('ada');
  expect(share.grow(0)).toBeUndefined();
  expect(budget.held).toBe(BODY_BYTES_COUNTED_MIN);
  expect(share.grow(BODY_BYTES_COUNTED_MIN)).toBeUndefined();
  expect(budget.held).toBe(BODY_BYTES_COUNTED_MIN);
});

test('whatever comes and goes, what is held is within the bounds, and nothing once all have gone', () => {
  const step = fc.record({ sender: fc.constantFrom('a', 'b', 'c'), chunks: fc.array(fc.nat(60_000)) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const budget = new BodyBudget(new ManualClock(), LIMITS);
      const shares = steps.map(({ sender, chunks }) => {
        const share = budget.open(sender);
        chunks.every((bytes) => share.grow(bytes) === undefined && budget.held <= LIMITS.bytesMax);
        expect(budget.held).toBeLessThanOrEqual(LIMITS.bytesMax);
        return share;
      });
      for (const share of shares) share[Symbol.dispose]();
      expect(budget.held).toBe(0);
    }),
  );
});
