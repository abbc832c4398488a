import { describe, expect, test } from 'bun:test';
import { isFoundBy, SEARCH_TOKEN_CHARS_MAX, searchQuery, searchTokens } from './search-tokens.ts';

const finds = (query: string, text: string) => isFoundBy(text, searchQuery(query));

describe('the tokens of a text', () => {
  test('are words without case, each once', () => {
    expect(searchTokens('The ship, the SHIP!')).toEqual(['the', 'ship']);
  });

  test('are syllables and pairs of syllables in Korean, composed or not', () => {
    expect(searchTokens('국밥집은')).toEqual(['국', '국밥', '밥', '밥집', '집', '집은', '은']);
    expect(searchTokens('국밥'.normalize('NFD'))).toEqual(searchTokens('국밥'));
  });

  test('are characters and pairs in Chinese and Japanese, apart from the words beside them', () => {
    expect(searchTokens('東京tower')).toEqual(['東', '東京', '京', 'tower']);
  });

  test('are cut where a word is long', () => {
    const [token = ''] = searchTokens('a'.repeat(SEARCH_TOKEN_CHARS_MAX + 1));
    expect(token).toHaveLength(SEARCH_TOKEN_CHARS_MAX);
    expect(finds('a'.repeat(SEARCH_TOKEN_CHARS_MAX + 1), 'a'.repeat(90))).toBe(true);
  });

  test('of a text of 100,000 syllables are as many as there are different ones', () => {
    expect(searchTokens('가나'.repeat(50_000))).toEqual(['가', '가나', '나', '나가']);
  });
});

describe('a query', () => {
  test.each([
    ['국밥', '국밥집에서 보자'],
    ['국밥집', '국밥집에서 보자'],
    ['점', '내일 점심'],
    ['ship', 'when do we SHIPPED it'],
    ['STRASSE', 'die Straße'],
    ['ｍａｒｕ', 'Maru'],
    ['東京', '東京都'],
    ['보자 국밥', '국밥집에서 보자'],
  ])('%s finds “%s”', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  test.each([
    ['국집', '국밥집'],
    ['hip', 'ship'],
    ['ship 국밥', 'ship'],
    ['', 'anything'],
    ['!?', 'anything!?'],
  ])('%s does not find “%s”', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });
});
