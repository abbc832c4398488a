/** The languages that there are catalogues for. */
export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'maru.language';

/** What the user chose, else the first of the browser's languages that there is, else English. */
export function chosenLanguage(
  storage: Pick<Storage, 'getItem'> = localStorage,
  preferred: readonly string[] = navigator.languages,
): Language {
  const wanted = [storage.getItem(KEY) ?? '', ...preferred];
  for (const tag of wanted) {
    const language = LANGUAGES.find((one) => isOf(one, tag));
    if (language !== undefined) return language;
  }
  return 'en';
}

/** The language as the browser's user writes it, `en-GB`: 16:07 in London is 4:07 PM in Boston. */
export function localeOf(language: Language, preferred: readonly string[] = navigator.languages): string {
  return preferred.find((tag) => isOf(language, tag)) ?? language;
}

function isOf(language: Language, tag: string): boolean {
  return tag === language || tag.startsWith(`${language}-`);
}

export function keepLanguage(language: Language, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(KEY, language);
}
