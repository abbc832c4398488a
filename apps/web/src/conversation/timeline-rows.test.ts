import { describe, expect, test } from 'bun:test';
import { isSameDay } from '../i18n/moments.ts';
import { message, other, third } from './testing/messages.ts';
import { timelineRows } from './timeline-rows.ts';

const MINUTE_MS = 60_000;
const NOON = new Date(2026, 2, 2, 12).getTime();
const shapeOf = (messages: Parameters<typeof timelineRows>[0], newAfter?: number) =>
  timelineRows(messages, newAfter, isSameDay).map((row) => {
    if (row.kind !== 'message') return row.kind;
    return `${row.first ? '(' : ''}${row.message.seq}${row.last ? ')' : ''}`;
  });

describe('a conversation', () => {
  test('joins bubbles of one person', () => {
    const list = [
      message(1, other, NOON),
      message(2, other, NOON + MINUTE_MS),
      message(3, third, NOON + MINUTE_MS),
    ];
    expect(shapeOf(list)).toEqual(['day', '(1', '2)', '(3)']);
  });

  test('parts them after a while, at midnight, and where something happened', () => {
    const late = NOON + 12 * 60 * MINUTE_MS;
    const list = [
      message(1, other, NOON),
      message(2, other, NOON + 6 * MINUTE_MS),
      message(3, other, NOON + 7 * MINUTE_MS, { kind: 'renamed' }),
      message(4, other, NOON + 7 * MINUTE_MS),
      message(5, other, late - MINUTE_MS),
      message(6, other, late),
    ];
    expect(shapeOf(list)).toEqual(['day', '(1)', '(2)', 'event', '(4)', '(5)', 'day', '(6)']);
  });

  test('says where the new messages begin, behind what is the user’s own', () => {
    const list = [
      message(1, other, NOON),
      message(2, other, NOON, { state: 'read' }),
      message(3, other, NOON),
      message(4, other, NOON),
    ];
    expect(shapeOf(list, 1)).toEqual(['day', '(1', '2', 'new', '(3', '4)']);
    expect(shapeOf(list, 4)).not.toContain('new');
    expect(shapeOf(list)).not.toContain('new');
  });
});
