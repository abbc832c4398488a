import { parse, type TokenType } from 'sugar-high/core';
import { lang, languages } from 'sugar-high/lang';

/** A stretch of code. */
export interface CodeToken {
  readonly text: string;
  readonly look: string;
}

/** Longer code is shown as it is. */
const CODE_UNITS_MAX = 10_000;
/**
 * So is code with a longer line, which nobody has written by hand: of a line of nothing but dashes some languages take a
 * time that grows with the cube of its length.
 */
const LINE_UNITS_MAX = 500;

/** Colour means something else here: weight and ink tell words of a language, texts and remarks apart. */
const LOOKS: Readonly<Partial<Record<TokenType, string>>> = {
  keyword: 'font-semibold',
  string: 'text-link',
  class: 'text-link',
  comment: 'text-soft italic',
  sign: 'text-soft',
};

/** Code as what its stretches are; `undefined` where nothing is known of its language. */
export function highlight(code: string, language: string): readonly CodeToken[] | undefined {
  const name = lang(language.toLowerCase());
  if (name === undefined || code.length > CODE_UNITS_MAX) return undefined;
  if (code.split('\n').some((line) => line.length > LINE_UNITS_MAX)) return undefined;
  const { lines } = parse(code, languages.find(({ id }) => id === name)?.config);
  return lines.flatMap(({ tokens }, index) => {
    const shown = tokens.map(({ type, value }) => ({ text: value, look: LOOKS[type] ?? '' }));
    return index === 0 ? shown : [{ text: '\n', look: '' }, ...shown];
  });
}
