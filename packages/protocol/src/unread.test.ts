import { describe, expect, test } from 'bun:test';
import { eventKind } from './event.ts';
import { countsAsUnread, countText, UNREAD_COUNT_MAX, unreadCount } from './unread.ts';

const facts = (headOrdinal: number, readOrdinal = 0, ownAfter = 0, hiddenAfter = 0) => ({
  headOrdinal,
  readOrdinal,
  ownAfter,
  hiddenAfter,
});

describe('unread', () => {
  test('[UNREAD2] is what lies between mark and head, less own and hidden ones', () => {
    expect(unreadCount(facts(0))).toBe(0);
    expect(unreadCount(facts(10, 4))).toBe(6);
    expect(unreadCount(facts(10, 4, 1, 2))).toBe(3);
    expect(unreadCount(facts(10, 10))).toBe(0);
  });

  test('[UNREAD2] is exact up to 999, and one more says "more"', () => {
    expect(unreadCount(facts(998))).toBe(998);
    expect(unreadCount(facts(999))).toBe(999);
    expect(unreadCount(facts(1_000))).toBe(1_000);
    expect(unreadCount(facts(1_000_000))).toBe(UNREAD_COUNT_MAX + 1);
  });

  test('is never below nothing, where a projection lags', () => {
    expect(unreadCount(facts(4, 5))).toBe(0);
    expect(unreadCount(facts(5, 4, 2))).toBe(0);
  });

  test('[UNREAD1] messages count, and no other kind, known or not', () => {
    const counting = [...eventKind.options, 'reaction', ''].filter((kind) => countsAsUnread(kind));
    expect(counting).toEqual(['message']);
  });
});

test('a count is written as far as it is exact', () => {
  expect([0, UNREAD_COUNT_MAX, UNREAD_COUNT_MAX + 1].map((count) => countText(count))).toEqual([
    '0',
    '999',
    '999+',
  ]);
  expect([99, 100].map((count) => countText(count, 99))).toEqual(['99', '99+']);
});
