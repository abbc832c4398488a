import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import type { Entity } from '../content.ts';
import { MARKUP_ENTITIES_MAX } from '../limits.ts';
import { formatMarkup } from './format-markup.ts';
import { BlockReader, parseMarkup } from './parse-markup.ts';

/** A text with `‹type› … ‹/›` around what an entity covers. */
function drawn(written: string): string {
  const { text, entities } = parseMarkup(written);
  const chars = [...text];
  const before = new Map<number, string>();
  const after = new Map<number, string>();
  for (const entity of entities) {
    const { type, offset, length } = entity;
    const name = 'language' in entity ? `${type} ${entity.language}` : type;
    before.set(offset, `${before.get(offset) ?? ''}<${name}>`);
    after.set(offset + length, `</${type}>${after.get(offset + length) ?? ''}`);
  }
  const places = Array.from({ length: chars.length + 1 }, (_, index) => index);
  return places
    .map((index) => (after.get(index) ?? '') + (before.get(index) ?? '') + (chars[index] ?? ''))
    .join('');
}

describe('what is written', () => {
  test.each([
    [
      '**굵게** _기울임_ ~~취소~~ ||비밀||',
      '<bold>굵게</bold> <italic>기울임</italic> <strike>취소</strike> <spoiler>비밀</spoiler>',
    ],
    ['*기울임*과 `let a = 1`', '<italic>기울임</italic>과 <code>let a = 1</code>'],
    ['**중요**한 ||답||은 ~~이거~~가', '<bold>중요</bold>한 <spoiler>답</spoiler>은 <strike>이거</strike>가'],
    ['这是**重要**的', '这是<bold>重要</bold>的'],
    ['**a _b ~~c~~_ d**', '<bold>a <italic>b <strike>c</strike></italic> d</bold>'],
    ['***both***', '<bold><italic>both</italic></bold>'],
    ['***a* b**', '<bold><italic>a</italic> b</bold>'],
    ['**a *b***', '<bold>a <italic>b</italic></bold>'],
    ['**two\nlines**', '<bold>two\nlines</bold>'],
    ['👩‍👧 **가**', '👩‍👧 <bold>가</bold>'],
    ['||a **b** @c||', '<spoiler>a <bold>b</bold> @c</spoiler>'],
    ['_a *b* c_', '<italic>a b c</italic>'],
    ['`**a** \\* ||`', '<code>**a** \\* ||</code>'],
    ['`` a`b ``', '<code>a`b</code>'],
    ['https://x.org/a_b_c*d* **e**', 'https://x.org/a_b_c*d* <bold>e</bold>'],
    ['**https://x.org/a**', '<bold>https://x.org/a</bold>'],
    ['> 인용\n> **둘**\n밖', '<quote>인용\n<bold>둘</bold></quote>\n밖'],
    ['> a\n> > b\n> c', '<quote>a\n<quote>b</quote>\nc</quote>'],
    [
      '- 사과\n- **배**\n1. 하나\n  2) 둘',
      '<list-item>- 사과</list-item>\n<list-item>- <bold>배</bold></list-item>\n<list-item>1. 하나</list-item>\n<list-item>  2) 둘</list-item>',
    ],
    ['앞\n```ts\nlet *a* = `b`;\n\n```\n뒤', '앞\n<pre ts>let *a* = `b`;\n</pre>\n뒤'],
    ['```\na\n``` ', '<pre>a</pre>'],
    ['```sh\nls```', '<pre sh>ls</pre>'],
    ['````\n```\na\n```\n````', '<pre>```\na\n```</pre>'],
    ['> ```\n> a\n> ```', '<quote><pre>a</pre></quote>'],
    ['\\*a\\* \\> \\\\ \\`b\\`', '*a* \\> \\ `b`'],
    ['\\> a\n\\- b\n1\\. c', '> a\n- b\n1. c'],
  ])('[TEXT3] %j is read', (written, expected) => expect(drawn(written)).toBe(expected));

  test.each([
    '2 * 3 * 4, a*b*c, 5*3*2',
    '김*수님, 이*진님, 박**님, 최**님',
    '개**끼 시**야',
    'snake_case_name __init__ 회의록_최종_진짜최종.hwp',
    '네~~그래요~~ 안녕~~',
    'a || b, c||d||e',
    '** a ** * b * ~~ ~~',
    '**** ~~~~ |||| `` ```',
    '>_< >.< ->',
    '*^^* 안녕 *^^* ^^*',
    '^_^ 하하 ^_^ -_- 흠 -_- >_< 아 >_<',
    'T_T ㅠ_ㅠ (*_*) 와 (*_*) @_@ 응 @_@ ._. 음 ._. +_+ +_+',
    '~~^^~~ `  ` ** **',
    '-1 -a 1.5 2026. 11. 26. 회의',
    '**open',
    '*a **b',
    'f(*args, *more)',
    '<b>no</b> &amp;',
    '```\nnever closed\n**',
    '```\n```',
    '>\n> ',
    '¯\\(ツ)/¯ C:\\Users',
    '',
  ])('[TEXT3] %j stays as it is', (written) => expect(parseMarkup(written).text).toBe(written));

  test('[TEXT3] that crosses is read as far as it can lie within each other', () => {
    expect(drawn('*a **b* c**')).toBe('<italic>a **b</italic> c**');
    expect(drawn('**a ||b** c||')).toBe('<bold>a ||b</bold> c||');
  });

  test('[TEXT3] never has more entities than a message may', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `- **${index}**`);
    const { text, entities } = parseMarkup(lines.join('\n'));
    expect(entities.length).toBeLessThanOrEqual(MARKUP_ENTITIES_MAX + 1);
    expect(text).toEndWith('- **1999**');
    expect(text).toStartWith('- 0\n- 1\n');
  });
});

const piece = fc.constantFrom(
  ...['*', '**', '***', '_', '~~', '||', '`', '``', '```', '```ts\n', '\n```', '\n', '\n\n', '> ', '>', '- '],
  ...[
    '1. ',
    '2) ',
    '\\',
    ' ',
    'a',
    'b',
    '한',
    '글',
    '漢',
    'か',
    '👩‍👧',
    '.',
    '(',
    ')',
    '@jun',
    'https://x.org/a',
    '1',
    '\n> ',
  ],
);
const written = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('whatever is written', () => {
  test('[TEXT3] makes entities that lie inside the text, and within each other or apart', () => {
    void fc.assert(
      fc.property(written, (given) => {
        const { text, entities } = parseMarkup(given);
        const length = [...text].length;
        for (const entity of entities) {
          expect(entity.length).toBeGreaterThan(0);
          expect(entity.offset + entity.length).toBeLessThanOrEqual(length);
        }
        expect(crossing(entities)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('[TEXT3] can be edited: what was read is written so that it is read the same', () => {
    void fc.assert(
      fc.property(written, (given) => {
        const read = parseMarkup(given);
        const again = formatMarkup(read.text, read.entities);
        expect(parseMarkup(again)).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });

  test('[TEXT3] as a plain text is written so that it stays plain', () => {
    void fc.assert(
      fc.property(written, (text) => {
        expect(parseMarkup(formatMarkup(text, []))).toEqual({ text, entities: [] });
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Steps for each character, at the most: whatever it is, each is looked at a few times. */
const STEPS_PER_CHARACTER_MAX = 8;

describe('a text of 100,000 characters', () => {
  const hostile = fc.tuple(
    fc.array(piece, { minLength: 1, maxLength: 6 }),
    fc.array(piece, { maxLength: 4 }),
    fc.array(piece, { maxLength: 4 }),
  );

  test('[TEXT3] is read in steps that follow its length, whatever it is', () => {
    void fc.assert(
      fc.property(hostile, ([repeated, first, last]) => {
        const unit = repeated.join('');
        const text = first.join('') + unit.repeat(Math.ceil(100_000 / unit.length)) + last.join('');
        const reader = new BlockReader();
        reader.read(text.split('\n'), 0);
        expect(reader.steps).toBeLessThan(text.length * STEPS_PER_CHARACTER_MAX);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['openings', '*a '.repeat(33_000)],
    ['openings and ends of others', '*a '.repeat(16_000) + 'a** '.repeat(12_000)],
    ['triple stars behind underscores', '_a '.repeat(16_000) + 'a*** '.repeat(10_000)],
    ['backticks, each run longer', Array.from({ length: 440 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['fences that never end', '```a\n'.repeat(20_000)],
    ['fences of all lengths', Array.from({ length: 15_000 }, (_, n) => '`'.repeat(3 + (n % 6))).join('a\n')],
    ['quotes', '> '.repeat(50_000)],
    ['quotes of nothing', '> \n'.repeat(33_000)],
    ['fences around nothing', '```\n'.repeat(25_000)],
    ['lines of quotes', '> > > > a\n'.repeat(10_000)],
    ['backslashes', '\\'.repeat(100_000)],
    ['code that begins with a space', `\` ${'a'.repeat(100_000)}\``],
    ['spaces behind a fence', `\`\`\`${' '.repeat(100_000)}a b`],
    ['backticks before those that close', `\`\`\`\n${'`'.repeat(100_000)}a\`\`\``],
    ['backticks with words between', '`a ``'.repeat(20_000)],
    ['beginnings of links', 'https://'.repeat(12_500)],
    ['links without end', `https://a.b/${'('.repeat(1_000)}`.repeat(98)],
    ['hosts of hyphens', `https://a.${'-'.repeat(2_000)}b`.repeat(49)],
    ['one mark', '*'.repeat(100_000)],
    ['escaped backticks', '\\`'.repeat(50_000)],
  ])('[TEXT3] of %s is, too', (_what, text) => {
    const reader = new BlockReader();
    reader.read(text.split('\n'), 0);
    expect(reader.steps).toBeLessThan(text.length * STEPS_PER_CHARACTER_MAX);
  });
});

function crossing(entities: readonly Entity[]): [Entity, Entity][] {
  return entities.flatMap((a) =>
    entities.flatMap((b): [Entity, Entity][] => {
      const crosses =
        a.offset < b.offset && b.offset < a.offset + a.length && a.offset + a.length < b.offset + b.length;
      return crosses ? [[a, b]] : [];
    }),
  );
}
