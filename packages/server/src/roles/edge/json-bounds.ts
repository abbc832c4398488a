import { type ErrorBody, limits, refusal } from '@maru/protocol';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** What JSON text may have. */
export interface JsonBounds {
  /** Objects and arrays within each other. */
  readonly nesting: { readonly name: string; readonly value: number };
  readonly values: { readonly name: string; readonly value: number };
}

/** Of one frame, or of a request's body. */
export const FRAME_BOUNDS: JsonBounds = {
  nesting: { name: 'FRAME_NESTING_MAX', value: limits.FRAME_NESTING_MAX },
  values: { name: 'FRAME_VALUES_MAX', value: limits.FRAME_VALUES_MAX },
};

/**
 * Looks over JSON text before it is parsed: how deep it nests, and how many values it has. A megabyte of brackets takes
 * a parser a hundred times as long as a megabyte of text, and what nests 100,000 deep parses but can't be written
 * again. Strings are leapt over, so a long message costs next to nothing. Says nothing of text that isn't JSON.
 */
export function checkJsonBounds(
  text: string,
  { nesting, values: count }: JsonBounds = FRAME_BOUNDS,
): ErrorBody | undefined {
  const nestingMax = nesting.value;
  const valuesMax = count.value;
  if (text.length <= nestingMax * 2) return undefined;
  let depth = 0;
  let values = 1;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case 0x5b: // [
      case 0x7b: // {
        values++;
        if (++depth > nestingMax) {
          return refusal('bad-request', `More than ${nestingMax} objects or arrays within each other.`, {
            limit: nesting,
          });
        }
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case COMMA:
        if (++values > valuesMax) {
          return refusal('bad-request', `More than ${valuesMax} values at once.`, { limit: count });
        }
    }
  }
  return undefined;
}

/** Where the string that begins at `start` ends; the end of the text if it doesn't. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
  }
}
