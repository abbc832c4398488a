import { expect, test } from 'bun:test';
import { snippetOf } from './snippet.ts';

const marked = (text: string, query: string) =>
  snippetOf(text, query)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

test.each([
  ['내일 점심은 국밥', '점심', '내일 [점심]은 국밥'],
  ['Ship it, ship', 'SHIP', '[Ship] it, [ship]'],
  ['two\nlines', 'lines', 'two [lines]'],
  ['nothing', 'else', 'nothing'],
  ['nothing', '', 'nothing'],
])('of %j the words %j are lit', (text, query, shown) => {
  expect(marked(text, query)).toBe(shown);
});

test('of a long text what stands around the first place is shown', () => {
  const shown = marked(`${'a '.repeat(500)}needle${' b'.repeat(500)}`, 'needle');
  expect(shown).toStartWith('…');
  expect(shown).toContain('[needle]');
  expect(shown.length).toBeLessThan(180);
});
