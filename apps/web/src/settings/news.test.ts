import { expect, test } from 'bun:test';
import type { RoomSummary } from '@maru/client';
import type { Event, RoomId, Seq, UserId } from '@maru/protocol';
import { hasNews, knownAfter } from './news.ts';

const ROOM = 'room_1' as RoomId;
const [ME, JUN] = ['user_me' as UserId, 'user_jun' as UserId];
const isQuiet = (sender: UserId) => sender === ME;

type Shown = Partial<Pick<RoomSummary, 'unreadCount' | 'mentionCount' | 'muted'>>;

/** A conversation whose newest message has this number. */
function summary(seq: number, shown: Shown = {}, sender = JUN): RoomSummary {
  const latest = { kind: 'message', seq: seq as Seq, sender } as Event;
  const rest = { unreadCount: 1, mentionCount: 0, muted: undefined, ...shown };
  return { room: ROOM, latest, ...rest } as RoomSummary;
}

test('a newer message of somebody else that is unread is news', () => {
  const known = knownAfter(undefined, [summary(3)]);
  expect(hasNews(summary(4), known, isQuiet)).toBe(true);
  expect(hasNews(summary(3, { unreadCount: 5 }), known, isQuiet)).toBe(false);
  expect(hasNews(summary(4, { unreadCount: 0 }), known, isQuiet)).toBe(false);
  expect(hasNews(summary(4, {}, ME), known, isQuiet)).toBe(false);
  expect(hasNews(summary(1), new Map(), isQuiet)).toBe(true);
});

test('of a muted conversation a new mention is news where it is set so, and what it held before never is', () => {
  const known = knownAfter(undefined, [summary(3, { mentionCount: 1 })]);
  const muted = (mentions: boolean, mentionCount: number) =>
    summary(4, { mentionCount, muted: { mentions } as RoomSummary['muted'] });
  expect(hasNews(muted(true, 2), known, isQuiet)).toBe(true);
  expect(hasNews(muted(true, 1), known, isQuiet)).toBe(false);
  expect(hasNews(muted(false, 2), known, isQuiet)).toBe(false);
  const since = knownAfter(known, [muted(false, 2)]);
  expect(hasNews(summary(4, { mentionCount: 2 }), since, isQuiet)).toBe(false);
});

test('a message that is deleted makes no older one news, and what leaves the list stays known', () => {
  const known = knownAfter(knownAfter(undefined, [summary(4)]), [summary(3)]);
  expect(hasNews(summary(4), known, isQuiet)).toBe(false);
  expect(hasNews(summary(4), knownAfter(known, []), isQuiet)).toBe(false);
});
