/**
 * What kind of character stands beside a mark, a mention or a link. `word`: a letter or digit of a script whose words are
 * parted by spaces, Hangul apart; `dense`: of one that is written without spaces; `edge`: none, where the text ends.
 */
export type CharClass = 'edge' | 'space' | 'word' | 'hangul' | 'dense' | 'other';

const SPACE = /^\s/u;
/** By extensions, so that the marks that only these scripts use belong to them. Loose jamo (NFD) are Hangul. */
const HANGUL = /^[\p{scx=Hang}]/u;
const DENSE =
  /^[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
/** Selectors of emoji and the keycap are marks by category, and stand behind a symbol. */
const SYMBOL_PART = /^[\ufe00-\ufe0f\u20e3]/u;
const WORD = /^[\p{L}\p{N}\p{M}]/u;

/** The class of the character that begins at a place, in UTF-16 code units. */
export function classAt(text: string, index: number): CharClass {
  const code = text.codePointAt(index);
  return code === undefined ? 'edge' : classOf(String.fromCodePoint(code));
}

/** The class of the character that ends before a place. */
export function classBefore(text: string, index: number): CharClass {
  if (index <= 0) return 'edge';
  const isPair = (text.codePointAt(index - 2) ?? 0) > 0xffff;
  return classAt(text, isPair ? index - 2 : index - 1);
}

/** The class of one character. */
export function classOf(char: string): CharClass {
  if (SPACE.test(char)) return 'space';
  // Punctuation that only these scripts use parts words as any other does.
  if (SYMBOL_PART.test(char) || !WORD.test(char)) return 'other';
  if (HANGUL.test(char)) return 'hangul';
  return DENSE.test(char) ? 'dense' : 'word';
}
