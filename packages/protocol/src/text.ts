/** Checks of text that people see: what may stand in a name, and how a message's length is counted. */
import * as z from 'zod';

/** Unicode code points of a text; a lone surrogate counts as one. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    const high = text.charCodeAt(i);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(i + 1);
    if (low >= 0xdc00 && low <= 0xdfff) {
      count--;
      i++;
    }
  }
  return count;
}

/** The first `max` code points of a text. */
export function takeCodePoints(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (let taken = 0; taken < max && end < text.length; taken++) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** Controls, line breaks, bidi embeddings, overrides and isolates, and what is invisible but alone (Unicode Cc, Zl, Zp). */
const FORBIDDEN_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Anything to see: fillers of Hangul and the blank Braille pattern are letters and symbols by name only. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * More marks in a row than any writing piles on a letter (UAX #15, stream-safe text: 30). They reach over the lines around
 * them; and to bring them into their order, as NFC does, takes a time that grows with the square of their number: 8,000
 * take a quarter of a second.
 */
const PILED_MARKS = /\p{M}{31}/u;
const PILED = { message: 'must not pile more than 30 marks on a letter' };

function isUnpiled(text: string): boolean {
  return !PILED_MARKS.test(text);
}

/** A text for people: NFC, trimmed, at most `max` code points, without what is `forbidden`. */
function textWithout(forbidden: RegExp, message: string, max: number) {
  return (
    z
      .string()
      .max(max * 8, { abort: true })
      .refine(isUnpiled, { ...PILED, abort: true })
      .transform((text) => text.normalize('NFC').trim())
      // A few marks are two when they are composed.
      .refine(isUnpiled, PILED)
      .refine((text) => text.isWellFormed() && !forbidden.test(text), { message })
      .refine((text) => countCodePoints(text) <= max, { message: `must have at most ${max} characters` })
  );
}

/** A line for people: any script, without control or bidi characters. */
function oneLine(max: number) {
  const message = 'must not hold control, line-break or direction-override characters';
  return textWithout(FORBIDDEN_IN_NAMES, message, max);
}

/** A name for people: a line with something to see. */
export function displayText(max: number) {
  return oneLine(max).refine((text) => VISIBLE.test(text), { message: 'must not be empty' });
}

/** A line for people that may be left empty. */
export function lineText(max: number) {
  return oneLine(max).refine((text) => text === '' || VISIBLE.test(text), {
    message: 'must have something to see in it, or be empty',
  });
}

/** What a text of several lines may not hold: controls but line feed and tab, and what turns the direction of the rest. */
const FORBIDDEN_IN_BLOCKS = /[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A text of several lines for people: NFC, trimmed, 0–`max` code points. */
export function blockText(max: number) {
  return textWithout(FORBIDDEN_IN_BLOCKS, 'must not hold control or direction-override characters', max);
}
