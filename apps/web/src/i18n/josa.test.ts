import { expect, test } from 'bun:test';
import { withParticle } from './josa.ts';

test.each([
  ['마루', '은(는)', '는'],
  ['미남', '은(는)', '은'],
  ['서울', '이(가)', '이'],
  ['우리 방', '을(를)', '을'],
  ['회의', '과(와)', '와'],
  ['점심', '(으)로', '으로'],
  ['서울', '(으)로', '로'],
  ['학교', '(으)로', '로'],
  ['마루!', '을(를)', '를'],
  ['‘점심’', '을(를)', '을'],
  ['7', '(으)로', '로'],
  ['3', '(으)로', '으로'],
  ['10', '을(를)', '을'],
  ['Mina', '을(를)', '를'],
  ['Jun', '을(를)', '을'],
  ['Daniel', '(으)로', '로'],
])('%s %s is %s', (word, both, particle) => {
  expect(withParticle(word, `${both} 봅니다`)).toBe(`${particle} 봅니다`);
});

test('stands behind what closes a quotation', () => {
  expect(withParticle('마루 개발', '’을(를) 만들었습니다')).toBe('’을 만들었습니다');
  expect(withParticle('학교', '”(으)로')).toBe('”로');
});

test.each([
  ['Bob', '을(를) 봅니다'],
  ['🙂', '을(를) 봅니다'],
  ['', '을(를) 봅니다'],
  ['마루', ' 을(를) 봅니다'],
])('behind %j both forms stay', (word, text) => {
  expect(withParticle(word, text)).toBe(text);
});
