import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { composeText } from './compose-text.ts';
import { entitiesFault } from './entities-fault.ts';
import { newUserId } from './id-codec.ts';
import { MENTIONS_MAX } from './limits.ts';
import { mentionsIn } from './mentions.ts';
import { countCodePoints } from './text.ts';

const jun = { user: newUserId(), handle: 'jun' };
const junK = { user: newUserId(), handle: 'jun.k' };
const mina = { user: newUserId(), handle: 'mina_9' };
const gone = { user: newUserId(), handle: undefined };
const people = [jun, junK, mina, gone];
const found = (text: string) => mentionsIn(text, people).map(({ offset, length }) => [offset, length]);
/** What is named in a text, as it is written there. */
const named = (text: string) =>
  mentionsIn(text, people).map(({ offset, length }) => [...text].slice(offset, offset + length).join(''));

describe('who is named in a text', () => {
  test.each<[string, string[]]>([
    ['@jun hello', ['@jun']],
    ['안녕@jun님, @mina_9도', ['@jun', '@mina_9']],
    ['＠jun은 @jun이 @jun을 @jun에게 @jun아 @jun과', ['＠jun', '@jun', '@jun', '@jun', '@jun', '@jun']],
    ['请@jun看一下', ['@jun']],
    ['これ@junさん、＠jun。', ['@jun', '＠jun']],
    ['カー@jun', ['@jun']],
    ['(@jun) "@jun" @jun! @jun, @jun: @jun… @jun/@mina_9', Array(6).fill('@jun').concat('@jun', '@mina_9')],
    ['@jun.k @jun. @jun.K님', ['@jun.k', '@jun', '@jun.K']],
    ['@Jun @JUN', ['@Jun', '@JUN']],
    ['끝.@jun', ['@jun']],
    ['❤️@jun 👩‍👧＠jun', ['@jun', '＠jun']],
    ["@jun's", ['@jun']],
  ])('[TEXT1] %j', (text, expected) => expect(named(text)).toEqual(expected));

  test.each([
    'mail mina@jun.org, mina.@jun.org, mina+@jun',
    'x@jun é@jun e\u0301@jun привет@jun 9@jun',
    '@junk @jun_ @jun9 @jun.kim @junö',
    '@jun@example.org',
    '@ jun @ @@ ＠',
    '@nobody',
    `@${'a'.repeat(33)}`,
  ])('[TEXT1] nobody in %j', (text) => expect(found(text)).toEqual([]));

  test('[TEXT1] offsets count code points, whatever normal form Hangul has', () => {
    expect(found('한글@jun')).toEqual([[2, 4]]);
    expect(found('한글@jun'.normalize('NFD'))).toEqual([[6, 4]]);
    expect(found('👩‍👧漢\u{20000}@jun')).toEqual([[5, 4]]);
    expect(mentionsIn('@jun', people)).toEqual([{ type: 'mention', offset: 0, length: 4, user: jun.user }]);
  });

  test('[TEXT2] everybody is named with @all, unless that is somebody', () => {
    expect(mentionsIn('점심@all 주목', people)).toEqual([{ type: 'mention-all', offset: 2, length: 4 }]);
    const all = { user: newUserId(), handle: 'all' };
    expect(mentionsIn('@all', [all])).toMatchObject([{ type: 'mention', user: all.user }]);
  });

  test('[TEXT1] as many as an envelope has room for', () => {
    expect(found('@jun '.repeat(MENTIONS_MAX + 1))).toHaveLength(MENTIONS_MAX);
  });
});

describe('a message', () => {
  const compose = (written: string) => composeText(written, people, { markup: true });

  test('[TEXT1] names nobody in code or in an address', () => {
    const { entities, mentions } = compose('`@jun` https://social.example/@jun/1\n```\n@jun\n```');
    expect(mentions).toEqual([]);
    expect(entities.map(({ type }) => type)).toEqual(['code', 'pre']);
  });

  test('[TEXT1] names each once, in order, inside what is bold and hidden', () => {
    const { text, entities, mentions, mentionsAll } = compose('**@mina_9님** ||@jun|| @mina_9 @all');
    expect(text).toBe('@mina_9님 @jun @mina_9 @all');
    expect(mentions).toEqual([mina.user, jun.user]);
    expect(mentionsAll).toBe(true);
    expect(entities.map(({ type, offset, length }) => [type, offset, length])).toEqual([
      ['bold', 0, 8],
      ['mention', 0, 7],
      ['spoiler', 9, 4],
      ['mention', 9, 4],
      ['mention', 14, 7],
      ['mention-all', 22, 4],
    ]);
  });

  test('[TEXT3] without markup is what was written, to the byte', () => {
    const written = '**@jun** `@jun`';
    expect(composeText(written, people, { markup: false })).toMatchObject({
      text: written,
      entities: [
        { type: 'mention', offset: 2 },
        { type: 'mention', offset: 10 },
      ],
    });
  });

  test('[TEXT3] always has entities that both sides take', () => {
    const piece = fc.constantFrom(
      ...[
        '@jun',
        '＠jun.k',
        '@all',
        '**',
        '*',
        '_',
        '`',
        '||',
        '~~',
        ' ',
        '\n',
        '님',
        'a',
        '.',
        '> ',
        '- ',
        '```\n',
      ],
      'https://x.org/@jun',
    );
    void fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { text, entities } = compose(pieces.join(''));
        expect(entitiesFault(text, entities)).toBeUndefined();
        for (const { type, offset, length } of entities) {
          if (type !== 'mention') continue;
          expect([...text].slice(offset, offset + length).join('')).toMatch(/^[@＠]jun(\.k)?$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('[TEXT1] what stands around a mention moves it, and changes nothing else', () => {
    const around = fc.string({
      unit: fc.constantFrom('가', '漢', 'か', ' ', '👩‍👧', '(', '。', '\n'),
      maxLength: 8,
    });
    void fc.assert(
      fc.property(around, around, (before, after) => {
        expect(found(`${before}@jun${after}`)).toEqual([[countCodePoints(before), 4]]);
      }),
    );
  });
});
