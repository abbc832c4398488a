import { countCodePoints, type ErrorBody, refusal } from '@maru/protocol';

/**
 * One character that shows: not white space, not a control, and not what Unicode says to draw as nothing (zero-width
 * characters, Hangul fillers, variation selectors); nor the blank Braille cell, which passes for a letter.
 */
const SHOWS = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What is wrong with a message's text, if anything (`[LIMIT2]`). Says numbers and quotes nothing. */
export function checkText(text: string, charsMax: number): ErrorBody | undefined {
  const field = 'content.text';
  if (!text.isWellFormed()) {
    return refusal('text-malformed', 'The text holds half of a surrogate pair.', { field });
  }
  if (text.includes('\0')) return refusal('text-malformed', 'The text holds a NUL character.', { field });
  if (text.length > charsMax) {
    const given = countCodePoints(text);
    if (given > charsMax) {
      const limit = { name: 'MESSAGE_CHARS_MAX', value: charsMax };
      return refusal('message-too-long', `The text has ${given} characters; ${charsMax} are allowed.`, {
        limit,
        given,
        field,
      });
    }
  }
  if (!SHOWS.test(text)) return refusal('message-empty', 'The text has no character that shows.', { field });
  return undefined;
}
