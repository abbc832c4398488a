import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import * as limits from './limits.ts';
import { type ReactionCount, type ReactionStep, reaction, reactionOf, withReaction } from './reaction.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const KISS = '\u{1f9d1}\u{1f3fb}\u200d\u2764\ufe0f\u200d\u{1f48b}\u200d\u{1f9d1}\u{1f3ff}';

describe('[TALK1] a reaction', () => {
  test('is one emoji of any sequence: families, flags, keycaps, skin tones', () => {
    for (const emoji of ['👍', '👍🏽', FAMILY, '🇰🇷', ENGLAND, '1️⃣', '❤️', '🏳️‍🌈', '🐦‍🔥', KISS]) {
      expect(reactionOf(emoji)).toBe(emoji);
      expect(reaction.safeParse(emoji).success).toBe(true);
    }
  });

  test('is nothing else, and never two', () => {
    const wrong = [
      '',
      ' ',
      'a',
      '가',
      '1',
      '#',
      '👍👍',
      '👍 ',
      'a👍',
      '🇰',
      '\u{1f3fd}\u{1f3fd}',
      '\u200d',
      '\ud83d',
    ];
    for (const text of wrong) {
      expect([text, reactionOf(text)]).toEqual([text, undefined]);
      expect(reaction.safeParse(text).success).toBe(false);
    }
  });

  test('is the same kind however it was written', () => {
    expect(reactionOf('\u2764')).toBe('❤️');
    expect(reactionOf('1\u20e3')).toBe('1️⃣');
    expect(reactionOf('🏳\u200d🌈')).toBe('🏳️‍🌈');
    expect(reactionOf('👍\ufe0f')).toBe('👍');
    expect(reaction.parse('\u2764')).toBe('❤️');
  });

  test('has no more bytes than the limit: the longest sequences fit, and a chain of joined emoji does not', () => {
    expect(new TextEncoder().encode(KISS).length).toBeLessThan(limits.REACTION_BYTES_MAX);
    expect(reactionOf(Array.from({ length: 30 }, () => '👩').join('\u200d'))).toBeUndefined();
  });
});

describe('[TALK2] the kinds on a message', () => {
  const kinds = ['👍', '❤️', '😂'];
  const step: fc.Arbitrary<ReactionStep & { readonly user: number }> = fc.record({
    reaction: fc.constantFrom(...kinds),
    on: fc.boolean(),
    user: fc.nat({ max: 3 }),
    mine: fc.constant(false),
  });

  test('are counted as if they had been looked at only now, whatever came first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let counted: readonly ReactionCount[] = [];
        const standing = new Map<string, Set<number>>();
        for (const { user, ...one } of steps) {
          const users = standing.get(one.reaction) ?? new Set();
          standing.set(one.reaction, users);
          if (users.has(user) === one.on) continue;
          if (one.on) users.add(user);
          else users.delete(user);
          counted = withReaction(counted, { ...one, mine: user === 0 });
        }
        const expected = [...standing]
          .filter(([, users]) => users.size > 0)
          .map(([kind, users]) => ({ reaction: kind, count: users.size, mine: users.has(0) }))
          .sort((a, b) => b.count - a.count || (a.reaction < b.reaction ? -1 : 1));
        expect(counted).toEqual(expected);
      }),
    );
  });
});
