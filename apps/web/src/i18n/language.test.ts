import { expect, test } from 'bun:test';
import { chosenLanguage, localeOf } from './language.ts';
import { createMoments } from './moments.ts';

const chosen = (kept: string | null, ...preferred: string[]) =>
  chosenLanguage({ getItem: () => kept }, preferred);

test('the language is what was chosen, else the first of the browser’s that there is, else English', () => {
  expect(chosen(null, 'ko-KR', 'en-US')).toBe('ko');
  expect(chosen(null, 'de', 'ko', 'en')).toBe('ko');
  expect(chosen(null, 'fr-FR')).toBe('en');
  expect(chosen(null)).toBe('en');
  // Konkani begins with the same letters.
  expect(chosen(null, 'kok', 'kok-IN')).toBe('en');
  expect(chosen('en', 'ko-KR')).toBe('en');
  expect(chosen('something else', 'ko-KR')).toBe('ko');
});

test('hours and dates are written as in the country of the browser’s user, where the language is theirs', () => {
  expect(localeOf('en', ['fr', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(localeOf('ko', ['en-GB'])).toBe('ko');
  const at = new Date(2026, 10, 5, 16, 7).getTime();
  expect(createMoments('en-GB', (key) => key).time(at)).toBe('16:07');
  expect(createMoments('en', (key) => key).time(at)).toMatch(/^4:07\sPM$/);
});
