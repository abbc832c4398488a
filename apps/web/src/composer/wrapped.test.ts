import { expect, test } from 'bun:test';
import { type Format, formatOfKey, wrapped } from './wrapped.ts';

/** The text afterwards, with what is chosen between brackets. */
function after(marked: string, format: Format): string {
  const from = marked.indexOf('[');
  const to = marked.indexOf(']') - 1;
  const text = marked.replace(/[[\]]/g, '');
  const done = wrapped(text, [from, to], format);
  const next = text.slice(0, done.from) + done.text + text.slice(done.to);
  return `${next.slice(0, done.chosenFrom)}[${next.slice(done.chosenFrom, done.chosenTo)}]${next.slice(done.chosenTo)}`;
}

test.each([
  ['a [word] here', 'bold', 'a **[word]** here'],
  ['a[ word ]here', 'italic', 'a _[word]_ here'],
  ['a **[word]** here', 'bold', 'a [word] here'],
  ['a [**word**] here', 'bold', 'a [word] here'],
  ['[]', 'code', '`[]`'],
  ['비밀은 [국밥]', 'spoiler', '비밀은 ||[국밥]||'],
] as const)('%j as %s is %j', (marked, format, wanted) => {
  expect(after(marked, format)).toBe(wanted);
});

test('Ctrl or ⌘ and a letter are a format, and nothing else is', () => {
  const keys = { key: 'b', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
  expect(formatOfKey(keys)).toBe('bold');
  expect(formatOfKey({ ...keys, ctrlKey: false, metaKey: true, key: 'I' })).toBe('italic');
  expect(formatOfKey({ ...keys, shiftKey: true, key: 'X' })).toBe('strike');
  expect(formatOfKey({ ...keys, shiftKey: true })).toBeUndefined();
  expect(formatOfKey({ ...keys, ctrlKey: false })).toBeUndefined();
  expect(formatOfKey({ ...keys, altKey: true })).toBeUndefined();
});
