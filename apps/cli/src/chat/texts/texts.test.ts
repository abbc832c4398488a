import { describe, expect, test } from 'bun:test';
import { widthOf } from '../text/clusters.ts';
import { certificateText } from './certificate-texts.ts';
import { helpText } from './help-text.ts';
import { languageOf } from './language.ts';
import { textsOf } from './texts.ts';

describe('the language', () => {
  test.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'ko' }, 'ko'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'kok_IN.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{}, 'en'],
    [{ LANG: 'ko_KR.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: '', LC_MESSAGES: '' }, 'ko'],
  ] as const)('%j: %s', (environment, language) => expect(languageOf(environment)).toBe(language));
});

test('every text is there in both languages', () => {
  const [en, ko] = [textsOf('en'), textsOf('ko')];
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(ko)) {
    const said = typeof text === 'string' ? text : (text as (...given: unknown[]) => unknown)('x', 'y', 3);
    const korean = Array.isArray(said) ? said.join() : said;
    // Names and punctuation alone need no word of the language.
    if (!['reply', 'otherEvent', 'linesIn', 'linesKept', 'linesPresence'].includes(key))
      expect([key, korean]).toEqual([key, expect.stringMatching(/[가-힣]/)]);
  }
  expect(helpText('en')).toContain('/dm @HANDLE');
  expect(helpText('ko')).toContain('/dm @아이디');
});

test('what is wrong with a certificate has room below the conversation in 80 columns', () => {
  for (const language of ['en', 'ko'] as const) {
    for (const fault of ['expired', 'not-valid-yet', 'other-names', 'untrusted'] as const)
      expect(widthOf(certificateText(fault, language))).toBeLessThanOrEqual(55);
  }
});
