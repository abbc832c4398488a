import type { Language } from './language.ts';

export type Direction = 'ltr' | 'rtl';

const KEY = 'maru.direction';
/** Which way each language is written. */
const DIRECTIONS: Readonly<Record<Language, Direction>> = { ko: 'ltr', en: 'ltr' };

/** Which way the app runs. Before there is a language that is written the other way, the key in the storage shows it so. */
export function directionOf(language: Language, storage: Pick<Storage, 'getItem'> = localStorage): Direction {
  return storage.getItem(KEY) === 'rtl' ? 'rtl' : DIRECTIONS[language];
}
