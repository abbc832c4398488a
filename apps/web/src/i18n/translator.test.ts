import { expect, test } from 'bun:test';
import { parse } from '@formatjs/icu-messageformat-parser';
import { createTranslator } from './translator.ts';

const t = createTranslator('en', { 'typing.one': parse('{name} was here 12 times') });

test('a name from right to left turns nothing around it', () => {
  expect(t('typing.one', { name: 'שלום 7' })).toBe('\u2068שלום 7\u2069 was here 12 times');
  expect(t('typing.one', { name: 'Mina' })).toBe('Mina was here 12 times');
});

test('what turns the direction is left out of what is filled in', () => {
  expect(t('typing.one', { name: '\u202eanim\u2069\u202d' })).toBe('anim was here 12 times');
});

test('in Korean the particle behind what is filled in follows its last letter', () => {
  const ko = createTranslator('ko', { 'typing.one': parse('{name}이(가) ‘{room}’을(를) 만들었습니다') });
  expect(ko('typing.one', { name: '서연', room: '점심' })).toBe('서연이 ‘점심’을 만들었습니다');
  expect(ko('typing.one', { name: '미나', room: '회의' })).toBe('미나가 ‘회의’를 만들었습니다');
  // What one is called stays as it is, whatever it looks like.
  expect(ko('typing.one', { name: '이(가)', room: '을(를)' })).toStartWith('이(가)');
});

test('numbers stand in their form and as the language writes them', () => {
  const text = parse('{count, plural, one {# message} other {# messages}}');
  const en = createTranslator('en', { 'typing.one': text });
  expect([1, 2, 1234].map((count) => en('typing.one', { count }))).toEqual([
    ...['1 message', '2 messages', '1,234 messages'],
  ]);
});
