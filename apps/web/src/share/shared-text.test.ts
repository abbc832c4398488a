import { expect, test } from 'bun:test';
import { textOf } from './shared-text.ts';

function formOf(parts: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.set(name, value);
  return form;
}

test.each([
  [{ title: 'A page', url: 'https://example.org/' }, 'A page\nhttps://example.org/'],
  [
    { title: 'A page', text: 'Look: https://example.org/', url: 'https://example.org/' },
    'A page\nLook: https://example.org/',
  ],
  [{ title: '', text: '  words  ' }, 'words'],
  [{ title: 'same', text: 'same' }, 'same'],
])('%j is shared as %j', (parts, text) => expect(textOf(formOf(parts))).toBe(text));

test('of nothing, or of a file, nothing is shared', () => {
  expect(textOf(formOf({ title: ' ' }))).toBeUndefined();
  const form = new FormData();
  form.set('text', new File(['x'], 'x.txt'));
  expect(textOf(form)).toBeUndefined();
});

test('of a part no more is kept than a message can hold', () => {
  expect(textOf(formOf({ text: '가'.repeat(1_000_000) }))).toHaveLength(200_000);
});
