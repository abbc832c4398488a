import { describe, expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import * as fc from 'fast-check';
import { seq } from './testing/people.ts';
import { asSeenBy, floorOf, isVisible, visibleSpans } from './visible-spans.ts';

const membership = (visibleFrom: number, left?: number) => ({
  visibleFrom: seq(visibleFrom),
  left: left === undefined ? undefined : seq(left),
});
const spans = (...of: [number, number | null][]) => of as [Seq, Seq | null][];

describe('what a member may read', () => {
  const cases: readonly [string, ReturnType<typeof membership>[], ReturnType<typeof spans>][] = [
    ['a first membership under `all`', [membership(1)], spans([1, null])],
    ['a first membership under `since-joined`', [membership(7)], spans([7, null])],
    ['rejoined under `all`', [membership(3, 5), membership(1)], spans([1, null])],
    ['rejoined under `since-joined`', [membership(3, 5), membership(9)], spans([3, 4], [9, null])],
    ['spans that touch are one', [membership(3, 5), membership(5)], spans([3, null])],
    ['all before, since-joined after', [membership(1, 5), membership(9)], spans([1, 4], [9, null])],
    ['twice away', [membership(1, 3), membership(6, 8), membership(12)], spans([1, 2], [6, 7], [12, null])],
    ['all in between', [membership(5, 8), membership(1, 12), membership(20)], spans([1, 11], [20, null])],
    ['a former member', [membership(1, 9)], spans()],
    ['never a member', [], spans()],
  ];
  for (const [name, memberships, expected] of cases) {
    test(`[PRIV4] ${name}`, () => {
      expect(visibleSpans(memberships)).toEqual(expected);
    });
  }

  test('[PRIV4] is, number by number, what one of the memberships lets them read', () => {
    const away = fc.record({
      gone: fc.integer({ min: 1, max: 4 }),
      there: fc.integer({ min: 1, max: 4 }),
      all: fc.boolean(),
    });
    void fc.assert(
      fc.property(fc.array(away, { minLength: 1, maxLength: 5 }), (stays) => {
        let at = 0;
        const memberships = stays.map(({ gone, there, all }, index) => {
          const joined = at + gone;
          at = joined + there;
          return membership(all ? 1 : joined, index === stays.length - 1 ? undefined : at);
        });
        const seen = visibleSpans(memberships);
        for (let number = 1; number < at + 3; number++) {
          const allowed = memberships.some(
            (m) => number >= m.visibleFrom && (m.left === undefined || number < m.left),
          );
          expect(isVisible(seen, number)).toBe(allowed);
        }
        for (const [index, [from, to]] of seen.entries()) {
          const next = seen[index + 1];
          // Rising, not empty, and with something unseen between two.
          expect(to === null || to >= from).toBe(true);
          expect(next === undefined || (to !== null && to + 1 < next[0])).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('[ORD3] the floor, where a device begins to look for gaps, is the first number of them', () => {
    expect(floorOf(spans([4, 6], [9, null]))).toBe(seq(4));
    expect(floorOf([])).toBeUndefined();
  });
});

describe('an event as somebody sees it', () => {
  const seen = spans([3, 5], [10, null]);
  const edit = { seq: seq(12), refersTo: seq(7), content: 'secret', mentions: ['user'], ordinal: 4 };

  test('[PRIV5] an edit of what they may not see says nothing but where it stands', () => {
    expect(asSeenBy(edit, seen)).toEqual({ seq: seq(12), refersTo: seq(7), ordinal: 4 } as never);
  });

  test('[PRIV5] an edit of what they may see is as it is, at either end of a span', () => {
    for (const number of [3, 5, 10]) {
      const visible = { ...edit, refersTo: seq(number) };
      expect(asSeenBy(visible, seen)).toBe(visible);
    }
  });

  test('[PRIV4] a message comes without an edit that was made while they were away', () => {
    const message = { seq: seq(4), content: 'before', edited: { seq: seq(8), content: 'meanwhile' } };
    expect(asSeenBy(message, seen)).toEqual({ seq: seq(4), content: 'before' } as never);
    const edited = { ...message, edited: { seq: seq(10), content: 'after' } };
    expect(asSeenBy(edited, seen)).toBe(edited);
  });

  test('[TALK4][PRIV5] of a reaction to what they may not see they learn that there was one', () => {
    const change = { type: 'reacted', reaction: '👍', on: true };
    const reaction = { seq: seq(12), refersTo: seq(7), change };
    expect(asSeenBy(reaction, seen)).toEqual({ seq: seq(12), refersTo: seq(7) } as never);
    const visible = { ...reaction, refersTo: seq(10) };
    expect(asSeenBy(visible, seen)).toBe(visible);
  });
});
