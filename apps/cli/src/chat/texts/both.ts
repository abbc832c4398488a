/** A text in both languages. */
export interface Both<T> {
  readonly en: T;
  readonly ko: T;
}

/** A sentence in both languages, or one that is made of what it is given. */
export function both(en: string, ko: string): Both<string>;
export function both<A extends readonly unknown[]>(
  en: (...given: A) => string,
  ko: (...given: A) => string,
): Both<(...given: A) => string>;
export function both<A extends readonly unknown[]>(
  en: (...given: A) => readonly string[],
  ko: (...given: A) => readonly string[],
): Both<(...given: A) => readonly string[]>;
export function both(en: unknown, ko: unknown): unknown {
  return { en, ko };
}
