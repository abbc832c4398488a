/** Controls but for the tab: a terminal would obey them. Direction overrides and isolates: they reach beyond their text. */
export const COMMANDING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody wrote, as one line that a terminal shows and does not obey. */
export function printable(text: string): string {
  return text
    .replace(/\r\n|[\n\r\u2028\u2029]/g, ' ⏎ ')
    .replace(COMMANDING, (character) => (character === '\t' ? ' ' : '\ufffd'));
}

/** JSON in one line of which the same holds: JSON.stringify leaves some controls as they are. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    COMMANDING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
