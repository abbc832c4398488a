import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { type Formatters, formatToParts, IntlMessageFormat, PART_TYPE } from 'intl-messageformat';
import { withParticle } from './josa.ts';
import type { Language } from './language.ts';

/** The name of a text in the catalogues: those of the first load, and those that come with what is opened later. */
export type TextKey =
  | keyof typeof import('./catalogues/en.json')
  | keyof typeof import('./catalogues/en-later.json');
/** What texts are filled in with. */
export type Values = Readonly<Record<string, string | number>>;
/** A catalogue as the build compiles it: a text, or a parsed message. */
export type Catalogue = Readonly<Record<string, string | MessageFormatElement[]>>;
/** Gives a text in the user's language. */
export type Translate = (key: TextKey, values?: Values) => string;

/** Something filled in, kept apart from the text around it until the particle behind it is chosen. */
class Filled {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** @throws Error for a key that the catalogue doesn't have, and for a value that a text needs and isn't given */
export function createTranslator(language: Language, catalogue: Catalogue): Translate {
  return (key, values = {}) => {
    const message = catalogue[key];
    if (message === undefined) throw new Error(`no text ${key} in the catalogue ${language}`);
    return typeof message === 'string' ? message : fill(message, language, values);
  };
}

function fill(message: MessageFormatElement[], language: Language, values: Values): string {
  const filled: Record<string, Filled | number> = {};
  for (const [name, value] of Object.entries(values)) {
    filled[name] = typeof value === 'string' ? new Filled(isolated(value)) : value;
  }
  const parts = formatToParts<Filled | number>(
    message,
    language,
    formatters,
    IntlMessageFormat.formats,
    filled,
  );
  let text = '';
  let before: string | undefined;
  for (const { type, value } of parts) {
    const said = String(value);
    text += type === PART_TYPE.literal && before !== undefined ? withParticle(before, said) : said;
    before = type === PART_TYPE.object ? said : undefined;
  }
  return text;
}

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** What turns the direction of the letters behind it. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What is filled in as it stands alone: no name turns the sentence, or the number, behind it. */
function isolated(value: string): string {
  const plain = value.replace(TURNS, '');
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

const formatters: Formatters = {
  getNumberFormat: memo(
    (language, options) => new Intl.NumberFormat(language, options as Intl.NumberFormatOptions),
  ),
  getDateTimeFormat: memo(
    (language, options) => new Intl.DateTimeFormat(language, options as Intl.DateTimeFormatOptions),
  ),
  getPluralRules: memo(
    (language, options) => new Intl.PluralRules(language, options as Intl.PluralRulesOptions),
  ),
};

/** A formatter costs more to make than a thousand texts to fill in. */
function memo<T>(make: (language: string | string[] | undefined, options: unknown) => T) {
  const made = new Map<string, T>();
  return (language?: string | string[] | Intl.Locale | readonly unknown[], options?: unknown): T => {
    const key = `${String(language)} ${JSON.stringify(options)}`;
    let formatter = made.get(key);
    if (formatter === undefined) {
      formatter = make(String(language), options);
      made.set(key, formatter);
    }
    return formatter;
  };
}
