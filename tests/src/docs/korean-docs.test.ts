import { describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dir, '..', '..', '..');

/** Each page that is there in Korean, with the English one that it follows. */
const PAGES: readonly (readonly [korean: string, english: string])[] = [
  ['README.ko.md', 'README.md'],
  ...readdirSync(path.join(ROOT, 'docs', 'ko'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => [`docs/ko/${file}`, `docs/${file}`] as const),
];

interface Heading {
  readonly level: number;
  readonly text: string;
  /** The English heading that a comment over it names. */
  readonly english: string | undefined;
}

/** The headings of a page, without what only looks like one in a block of code. */
function headingsOf(file: string): Heading[] {
  const headings: Heading[] = [];
  let fence = false;
  let english: string | undefined;
  for (const line of readFileSync(path.join(ROOT, file), 'utf8').split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fence = !fence;
    const [, marks, text = ''] = (!fence && /^(#+) (.+)$/.exec(line)) || [];
    if (marks !== undefined) headings.push({ level: marks.length, text, english });
    [, english] = /^<!-- en: (.+) -->$/.exec(line) ?? [];
  }
  return headings;
}

test('the README, the architecture and every page for operators are there in Korean', () => {
  const operations = readdirSync(path.join(ROOT, 'docs', 'operations')).map(
    (file) => `docs/operations/${file}`,
  );
  const translated = PAGES.map(([, english]) => english);
  expect(translated).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', ...operations]));
});

describe.each(PAGES)('%s', (korean, english) => {
  test(`has the headings of ${english}, in their order`, () => {
    expect(existsSync(path.join(ROOT, english))).toBe(true);
    const wanted = headingsOf(english).map(({ level, text }) => ({ level, english: text }));
    expect(headingsOf(korean).map(({ level, english }) => ({ level, english }))).toEqual(wanted);
  });

  test('has them in Korean, each with something under it', () => {
    for (const { text } of headingsOf(korean)) expect(text).toMatch(/\p{Script=Hangul}|^TLS$/u);
    const sections = readFileSync(path.join(ROOT, korean), 'utf8')
      .split(/^#+ .+$/m)
      .slice(1);
    for (const section of sections) expect(section).toMatch(/\p{Script=Hangul}|LICENSE/u);
  });
});
