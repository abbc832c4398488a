import type { Power } from '@maru/protocol';
import type { Language } from '../texts/language.ts';

/** A command that is written with a slash: its one name in code, and what people may write for it. */
export interface SlashCommandOf<Name extends string> {
  readonly name: Name;
  /** Further names. */
  readonly also: readonly string[];
  /** What follows the name. */
  readonly takes: Readonly<Record<Language, string>>;
  readonly does: Readonly<Record<Language, string>>;
  /** What one must be allowed to do in the room that is open. */
  readonly needs?: Power;
}

export function slashCommand<Name extends string>(
  name: Name,
  also: readonly string[],
  takes: readonly [en: string, ko: string],
  does: readonly [en: string, ko: string],
  needs?: Power,
): SlashCommandOf<Name> {
  return {
    name,
    also,
    takes: { en: takes[0], ko: takes[1] },
    does: { en: does[0], ko: does[1] },
    ...(needs !== undefined && { needs }),
  };
}
