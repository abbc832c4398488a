import { describe, expect, test } from 'bun:test';
import { mentionsIn } from './mentions.ts';
import { jun, mina } from './testing/fake-world.ts';

const found = (text: string) => mentionsIn(text, [mina, jun]).map(({ offset, length }) => [offset, length]);

describe('who is mentioned', () => {
  test.each<[string, number[][]]>([
    ['@jun hello', [[0, 4]]],
    [
      '안녕@jun님, @mina도',
      [
        [2, 4],
        [9, 5],
      ],
    ],
    ['👩‍👧 ＠jun', [[4, 4]]],
    ['@jun. @jun.k', [[0, 4]]],
    ['mail mina@jun.org', []],
    ['@nobody @ @@', []],
  ])('%j', (text, expected) => expect(found(text)).toEqual(expected));

  test('is told with the id', () => {
    expect(mentionsIn('@jun', [jun])).toEqual([{ type: 'mention', offset: 0, length: 4, user: jun.user }]);
  });
});
