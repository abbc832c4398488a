import { createContext, type ReactNode, useContext } from 'react';
import { chosenLanguage, type Language, localeOf } from './language.ts';
import { createMoments, type Moments } from './moments.ts';
import { type Catalogue, createTranslator, type Translate } from './translator.ts';

/** What components say: texts and moments in the user's language. */
export interface Texts {
  readonly language: Language;
  readonly t: Translate;
  readonly moments: Moments;
}

const TextsContext = createContext<Texts | undefined>(undefined);

export function TextsProvider({ texts, children }: { readonly texts: Texts; readonly children: ReactNode }) {
  return <TextsContext value={texts}>{children}</TextsContext>;
}

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (texts === undefined) throw new Error('useTexts needs a TextsProvider around it');
  return texts;
}

const FIRST = {
  ko: () => import('./catalogues/ko.json'),
  en: () => import('./catalogues/en.json'),
} as const satisfies Record<Language, () => Promise<unknown>>;
const LATER = {
  ko: () => import('./catalogues/ko-later.json'),
  en: () => import('./catalogues/en-later.json'),
} as const satisfies Record<Language, () => Promise<unknown>>;

/** All texts that have been fetched. */
const known: Record<string, Catalogue[string]> = {};

/** Fetches the texts of a language that are said before anything was opened. */
export async function loadTexts(language: Language): Promise<Texts> {
  const { default: catalogue } = await FIRST[language]();
  Object.assign(known, catalogue as Catalogue);
  const t = createTranslator(language, known);
  return { language, t, moments: createMoments(localeOf(language), t) };
}

/**
 * Fetches the rest, for screens that are fetched when they are opened: the first load has a limit. Those wait for it
 * before they are shown, see `with-texts.ts`.
 */
export async function loadLaterTexts(): Promise<void> {
  const { default: catalogue } = await LATER[chosenLanguage()]();
  Object.assign(known, catalogue as Catalogue);
}
