import { describe, expect, test } from 'bun:test';
import { type Emoji, type EmojiGroup, findEmoji } from './emoji-list.ts';
import { COLUMNS, emojiRows } from './emoji-rows.ts';

const emoji = (sign: string, words: string, group: EmojiGroup = 0): Emoji => {
  return { emoji: sign, label: words, group, words };
};
const GRIN = emoji('😀', 'grinning face 웃는 얼굴');
const CAT = emoji('🐱', 'cat face', 3);

describe('an emoji picker', () => {
  test('has what was used lately first, in that order, and all in their groups', () => {
    const rows = emojiRows([GRIN, CAT], ['🐱', '🦖', '😀']);
    expect(rows.map((row) => (row.kind === 'title' ? row.group : row.emoji.map((one) => one.emoji)))).toEqual(
      ['recent', ['🐱', '😀'], 0, ['😀'], 3, ['🐱']],
    );
  });

  test('has no empty title, and rows of one width', () => {
    const many = Array.from({ length: COLUMNS + 1 }, (_, index) => emoji(String(index), 'x'));
    const rows = emojiRows(many, []);
    expect(rows.map((row) => (row.kind === 'title' ? row.group : row.emoji.length))).toEqual([0, COLUMNS, 1]);
  });

  test('finds by each word, also by decomposed Hangul', () => {
    expect(findEmoji([GRIN, CAT], 'face CAT')).toEqual([CAT]);
    expect(findEmoji([GRIN, CAT], '얼굴'.normalize('NFD'))).toEqual([GRIN]);
    expect(findEmoji([GRIN, CAT], 'dog')).toEqual([]);
  });
});
