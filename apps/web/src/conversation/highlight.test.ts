import { expect, test } from 'bun:test';
import { highlight } from './highlight.ts';

const CODE = 'const a = "x"; // said\n\nreturn <b>{a}</b>;';

test.each(['ts', 'javascript', 'py', 'rust', 'sql', 'yaml', 'html', 'json', 'sh', 'go'])(
  'code in %s says what it said, to the character',
  (language) => {
    const tokens = highlight(CODE, language);
    expect(tokens?.map(({ text }) => text).join('')).toBe(CODE);
  },
);

test('words, texts and remarks look different', () => {
  const lookOf = (text: string) => highlight(CODE, 'ts')?.find((token) => token.text === text)?.look;
  expect(new Set([lookOf('const'), lookOf('x'), lookOf('// said'), lookOf('a')]).size).toBe(4);
});

test('of an unknown language nothing is known', () => {
  expect(highlight(CODE, 'klingon')).toBeUndefined();
});

test('code with a line that nobody writes by hand is shown as it is', () => {
  const line = '-'.repeat(500);
  expect(highlight(`${line}\n${line}`, 'css')).toBeDefined();
  expect(highlight(`a\n${line}-`, 'css')).toBeUndefined();
});
