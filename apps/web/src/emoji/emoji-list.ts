import { folded } from '../i18n/folded.ts';
import type { Language } from '../i18n/language.ts';

/** Unicode's groups, but for the one of parts. */
export type EmojiGroup = 0 | 1 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface Emoji {
  readonly emoji: string;
  /** What it is called in the user's language. */
  readonly label: string;
  readonly group: EmojiGroup;
  /** By what it is found, in small letters. */
  readonly words: string;
}

/** As the build leaves it. */
type Row = readonly [group: EmojiGroup, emoji: string, label: string, tags: string];

const NAMES = {
  ko: () => import('emojibase-data/ko/data.json'),
  en: () => import('emojibase-data/en/data.json'),
} as const satisfies Record<Language, () => Promise<unknown>>;

/** All emoji, in Unicode's order, with their names in a language; fetched when the first picker opens. */
export async function loadEmoji(language: Language): Promise<readonly Emoji[]> {
  const { default: rows } = await NAMES[language]();
  return (rows as unknown as readonly Row[]).map(([group, emoji, label, tags]) => {
    return { group, emoji, label, words: folded(`${label} ${tags}`) };
  });
}

/** Those whose words have every word of the query in them. */
export function findEmoji(all: readonly Emoji[], query: string): readonly Emoji[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  return all.filter(({ words }) => wanted.every((word) => words.includes(word)));
}
