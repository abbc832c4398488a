import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { clustersOf, drawn, widthOf } from './clusters.ts';

describe('how wide a text is', () => {
  test.each([
    ['ASCII', 'hello', 5],
    ['Hangul', '안녕', 4],
    ['loose jamo', '\u1112\u1161\u11ab', 2],
    ['compatibility jamo', 'ㅋㅋ', 4],
    ['ideographs', '漢字', 4],
    ['kana', 'かナ', 4],
    ['half-width kana', 'ｶﾅ', 2],
    ['full-width letters', 'Ａ！', 4],
    ['a family', '👨‍👩‍👧‍👦', 2],
    ['a flag', '🇰🇷', 2],
    ['two flags', '🇰🇷🇯🇵', 4],
    ['a flag of tags', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', 2],
    ['a skin tone', '👋🏽', 2],
    ['a keycap', '1️⃣', 2],
    ['a text that was made an emoji', '❤️', 2],
    ['a letter with marks', 'e\u0301\u0323', 1],
    ['Latin-1', 'é', 1],
    ['nothing to see', '\u200b\u00ad', 0],
    ['Arabic', 'سلام', 4],
  ])('%s', (_what, text, width) => expect(widthOf(text)).toBe(width));

  test('is the sum of its clusters, which are those of Unicode, whatever the text', async () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const pieces = fc.constantFrom(
      ...[
        'a',
        ' ',
        '가',
        '각',
        '漢',
        'か',
        '\u3099',
        '\u0301',
        '\u200d',
        '👩',
        '🏽',
        '🇰',
        '\ufe0f',
        '1',
        '\u20e3',
      ],
      ...['\u1100', '\u1161', '\u11a8', '\u0600', 'ß', '©', '\u00ad'],
    );
    await fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (chosen) => {
        const text = chosen.join('');
        const clusters = clustersOf(text);
        expect(clusters.map((each) => each.text)).toEqual(
          Array.from(segmenter.segment(text), (s) => s.segment),
        );
        expect(widthOf(text)).toBe(clusters.reduce((sum, { width }) => sum + width, 0));
      }),
    );
  });
});

test('marks without end are cut where they are drawn, and the text keeps them', () => {
  const [first] = clustersOf(`a${'\u0301'.repeat(10_000)}`);
  expect(first?.text.length).toBe(10_001);
  expect(first === undefined ? '' : drawn(first)).toHaveLength(40);
});
