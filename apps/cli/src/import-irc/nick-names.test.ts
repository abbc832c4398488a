import { describe, expect, test } from 'bun:test';
import { displayName, handle } from '@maru/protocol';
import fc from 'fast-check';
import { handleOfNick, nameOfNick } from './nick-names.ts';

describe('the handle of a nickname', () => {
  test('can be read, and stays the same for ever', () => {
    expect(handleOfNick('|trey|')).toBe('irc_trey_7200802562');
    expect(handleOfNick('한글')).toMatch(/^irc__[0-9a-f]{10}$/);
  });

  test('tells apart what reads alike', () => {
    const nicks = ['Ann', 'ann', 'ann_', 'a.n.n', '|ann|', 'ann'.repeat(20), 'ann'.repeat(21)];
    expect(new Set(nicks.map((nick) => handleOfNick(nick))).size).toBe(nicks.length);
    expect(handleOfNick('ann', 1)).not.toBe(handleOfNick('ann', 0));
  });

  test('is a handle, whatever the nickname', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (nick) => handle.safeParse(handleOfNick(nick)).success),
    );
  });
});

describe('the name of a nickname', () => {
  test.each(['|trey|', 'nick[away]', '^_^', '한글', '`'])('is %s itself', (nick) => {
    expect(nameOfNick(nick)).toBe(nick);
  });

  test('leaves out what a name may not hold', () => {
    expect(nameOfNick('a\u202eb\x03c')).toBe('abc');
    expect(nameOfNick('x'.repeat(65))).toBe('x'.repeat(64));
    expect(nameOfNick('\u3164')).toBe(handleOfNick('\u3164'));
  });

  test('is a display name, whatever the nickname', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (nick) => displayName.safeParse(nameOfNick(nick)).data === nameOfNick(nick),
      ),
    );
  });
});
