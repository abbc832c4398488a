import { describe, expect, test } from 'bun:test';
import { type Entity, parseMarkup } from '@maru/protocol';
import * as fc from 'fast-check';
import { type RichOptions, richLines } from '../text/rich-lines.ts';
import { spokenLines } from '../text/spoken-lines.ts';
import { highlight } from './highlight.ts';
import { richRows } from './rich-rows.ts';
import { type Line, lineWidth, type Span, span } from './span.ts';

const OPTIONS: RichOptions = { base: 'plain', spoiler: '░', linesMax: 100 };

function rows(
  text: string,
  entities: readonly Entity[],
  width = 20,
  more: Partial<RichOptions> = {},
): Line[] {
  return richLines(text, entities, { ...OPTIONS, ...more }).flatMap((line) => richRows(line, width));
}

/** What somebody wrote, drawn. */
function drawn(written: string, width = 20, more: Partial<RichOptions> = {}): string[] {
  const { text, entities } = parseMarkup(written);
  return rows(text, entities, width, more).map(textOf);
}

const textOf = (line: Line) =>
  line
    .map((each) => each.text)
    .join('')
    .trimEnd();
const spanWith = (line: Line | undefined, text: string): Span | undefined =>
  line?.find((each) => each.text === text);

describe('a text with entities', () => {
  test.each<[string, string, string[]]>([
    ['plain', '가나다 라마바사 아자차카', ['가나다 라마바사', '아자차카']],
    [
      'quotes have bars',
      '> 인용한 긴 말입니다 네\n> > 안\n밖',
      ['│ 인용한 긴 말입니다', '│ 네', '│ │ 안', '밖'],
    ],
    [
      'lists go on behind their marks',
      '- 사과와 배와 감과 귤\n10. 열 번째는 아주 길다',
      ['• 사과와 배와 감과', '  귤', '10. 열 번째는 아주', '    길다'],
    ],
    ['code is moved in', '```\nlet a = 1;\n\n  b\n```', ['  let a = 1;', '', '    b']],
    ['spoilers are covered', '답은 ||서울 a||입니다', ['답은 ░░░░░░입니다']],
  ])('%s', (_what, written, expected) => expect(drawn(written)).toEqual(expected));

  test('shows spoilers to who has chosen it', () => {
    expect(drawn('답은 ||서울||', 20, { spoiler: undefined })).toEqual(['답은 서울']);
  });

  test('says how each part looks', () => {
    const { text, entities } = parseMarkup('**굵게** _기운_ ~~긋기~~ `code` https://x.org **_둘_**');
    const [line] = rows(text, entities, 60);
    expect(spanWith(line, '굵게')).toEqual({ text: '굵게', style: 'plain', font: { bold: true } });
    expect(spanWith(line, '기운')?.font).toEqual({ italic: true });
    expect(spanWith(line, '긋기')?.font).toEqual({ strike: true });
    expect(spanWith(line, 'code')).toEqual({ text: 'code', style: 'code' });
    expect(spanWith(line, 'https://x.org')?.font).toEqual({ underline: true });
    expect(spanWith(line, '둘')?.font).toEqual({ bold: true, italic: true });
  });

  test('[TEXT4] says where a link leads that says something else', () => {
    const link = (text: string, url?: string): Entity => ({
      type: 'link',
      offset: 0,
      length: text.length,
      ...(url !== undefined && { url }),
    });
    const one = (text: string, url?: string) => rows(text, [link(text, url)], 60).map(textOf);
    expect(one('our bank', 'https://evil.example/x')).toEqual(['our bank (evil.example)']);
    expect(one('https://bank.example', 'https://evil.example')).toEqual([
      'https://bank.example (evil.example)',
    ]);
    expect(one('https://bank.example/a', 'https://bank.example/a')).toEqual(['https://bank.example/a']);
    expect(drawn('https://pаypal.com/a', 60)).toEqual(['https://pаypal.com/a (xn--pypal-4ve.com)']);
    expect(drawn('https://한국.kr/a www.maru.chat', 60)).toEqual(['https://한국.kr/a www.maru.chat']);
    expect(drawn('||https://pаypal.com||', 60)).toEqual(['░'.repeat(18)]);
  });

  test('commands no terminal, and keeps its places behind what is not shown', () => {
    const [line] = rows('a\x1b[2J\tbold', [{ type: 'bold', offset: 6, length: 4 }], 40);
    expect(line?.map((each) => each.text)).toEqual(['a\ufffd[2J    ', 'bold']);
  });

  test('is read aloud without what only a screen shows', () => {
    const { text, entities } = parseMarkup('> **인용**\n답은 ||서울\n부산|| 끝\n- 하나');
    expect(spokenLines({ content: { type: 'text', text, entities: [...entities] } }, '(spoiler)')).toEqual([
      '> 인용',
      '답은 (spoiler)',
      '(spoiler) 끝',
      '• 하나',
    ]);
  });

  test('fits, and loses no letter, whatever it is and looks like', () => {
    const piece = fc.constantFrom(
      ...[
        '**',
        '_',
        '||',
        '`',
        '~~',
        ' ',
        '\n',
        '> ',
        '- ',
        'a',
        'bc',
        '한글',
        '漢',
        '👩‍👧',
        '\x1b',
        '\u202e',
        '12. ',
      ],
      ...['https://x.org/a', '```\n', 'e\u0301', '\t', '\r\n'],
    );
    void fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), fc.integer({ min: 12, max: 40 }), (pieces, width) => {
        const { text, entities } = parseMarkup(pieces.join(''));
        const all = rows(text, entities, width, { spoiler: undefined });
        for (const row of all) expect(lineWidth(row)).toBeLessThanOrEqual(width);
        const letters = (of: string) => of.replaceAll(/[^a-z한글漢]/gu, '');
        expect(letters(all.map(textOf).join(''))).toBe(letters(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

test('what is found is lit, also where it looks different within', () => {
  const bold = { text: '나다', style: 'plain', font: { bold: true } } as const;
  const line = [span('가'), bold, span('라 나다라')];
  expect(highlight(line, '나다라').map(({ text, style }) => [text, style])).toEqual([
    ['가', 'plain'],
    ['나다', 'match'],
    ['라', 'match'],
    [' ', 'plain'],
    ['나다라', 'match'],
  ]);
  expect(highlight(line, 'x')).toEqual(line);
  expect(highlight(line, undefined)).toBe(line);
});
