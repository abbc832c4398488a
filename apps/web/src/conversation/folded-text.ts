import { takeCodePoints } from '@maru/protocol';

/** A text with more code units, or as many lines, is folded. */
const FOLD_UNITS_MIN = 3_000;
const FOLD_LINES_MIN = 40;
/** Code points and lines of what is shown of it then. */
const FOLDED_CHARS_MAX = 600;
const FOLDED_LINES_MAX = 20;

/** Whether only the beginning of a text is shown until the reader asks for all. */
export function isLong(text: string): boolean {
  return text.length > FOLD_UNITS_MIN || text.split('\n', FOLD_LINES_MIN).length >= FOLD_LINES_MIN;
}

/** That beginning: few lines also of a text that is nothing but lines. */
export function foldedText(text: string): string {
  return takeCodePoints(text, FOLDED_CHARS_MAX).split('\n', FOLDED_LINES_MAX).join('\n');
}
