import en from '../../src/i18n/catalogues/en.json' with { type: 'json' };
import enLater from '../../src/i18n/catalogues/en-later.json' with { type: 'json' };
import ko from '../../src/i18n/catalogues/ko.json' with { type: 'json' };
import koLater from '../../src/i18n/catalogues/ko-later.json' with { type: 'json' };
import type { Language } from '../../src/i18n/language.ts';
import type { TextKey } from '../../src/i18n/translator.ts';

const CATALOGUES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = {
  en: { ...en, ...enLater },
  ko: { ...ko, ...koLater },
};

/** What the app says in a language: of a text with something to fill in, a pattern that any filling matches. */
export function labelsOf(language: Language): (key: TextKey) => RegExp {
  return (key) => new RegExp(`^${pattern(CATALOGUES[language][key])}$`);
}

/** Behind something filled in, in both its forms: `을(를)`, `(으)로`. Which of them is said follows from that. */
const PARTICLE = /^(?:[가-힣]+\([가-힣]+\)|\([가-힣]+\)[가-힣]+)/;

function pattern(message: string): string {
  const parts = splitPlaces(message).map((part, index) => (index === 0 ? part : part.replace(PARTICLE, '')));
  return parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('.*');
}

/** The words of a message between the places that are filled in, which may have braces inside. */
function splitPlaces(message: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of message) {
    if (char === '{' && depth++ === 0) parts.push('');
    else if (char === '}') depth -= 1;
    else if (depth === 0) parts[parts.length - 1] += char;
  }
  return parts;
}
