/** What texts are found by: the same on devices and servers, so that both find the same. */
import { classOf } from './char-class.ts';

/** A longer word is found by its beginning. */
export const SEARCH_TOKEN_CHARS_MAX = 32;

/** Characters of one text that are looked at: what stands behind them is not found. */
const SEARCHED_UNITS_MAX = 100_000;

interface Run {
  readonly kind: 'word' | 'pairs';
  readonly chars: readonly string[];
}

/**
 * What a text is found by, each token once: of scripts whose words stand apart the words, of Hangul and of scripts that
 * are written without spaces each two characters that stand together, and each one. So a Korean word is found by its
 * stem, whatever particle follows. NFC, without case.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>();
  for (const { kind, chars } of runsOf(text)) {
    if (kind === 'word') {
      tokens.add(wordOf(chars));
      continue;
    }
    for (const [index, char] of chars.entries()) {
      tokens.add(char);
      const next = chars[index + 1];
      if (next !== undefined) tokens.add(char + next);
    }
  }
  return [...tokens];
}

/** What a query asks for. A text that it finds has each of `tokens`, and a token that begins with each of `beginnings`. */
export interface SearchQuery {
  readonly tokens: readonly string[];
  /** Words that may go on. */
  readonly beginnings: readonly string[];
}

/** Reads what somebody looks for. Nothing in it: it asks for nothing. */
export function searchQuery(text: string): SearchQuery {
  const tokens = new Set<string>();
  const beginnings = new Set<string>();
  for (const { kind, chars } of runsOf(text)) {
    const [first] = chars;
    if (kind === 'word') beginnings.add(wordOf(chars));
    else if (chars.length === 1 && first !== undefined) tokens.add(first);
    else for (let at = 0; at + 1 < chars.length; at++) tokens.add(`${chars[at]}${chars[at + 1]}`);
  }
  return { tokens: [...tokens], beginnings: [...beginnings] };
}

/** Whether a query finds a text, by the same rule as an index of its tokens. */
export function isFoundBy(text: string, { tokens, beginnings }: SearchQuery): boolean {
  if (tokens.length + beginnings.length === 0) return false;
  const has = searchTokens(text);
  const known = new Set(has);
  return (
    tokens.every((token) => known.has(token)) &&
    beginnings.every((beginning) => has.some((token) => token.startsWith(beginning)))
  );
}

/** A text as stretches of one kind; what stands between words is left out. */
function* runsOf(text: string): Generator<Run> {
  let kind: Run['kind'] | undefined;
  let chars: string[] = [];
  for (const char of fold(text.slice(0, SEARCHED_UNITS_MAX))) {
    const next = kindOf(char);
    if (next !== kind && kind !== undefined) {
      yield { kind, chars };
      chars = [];
    }
    kind = next;
    if (next !== undefined) chars.push(char);
  }
  if (kind !== undefined) yield { kind, chars };
}

function kindOf(char: string): Run['kind'] | undefined {
  switch (classOf(char)) {
    case 'word':
      return 'word';
    case 'hangul':
    case 'dense':
      return 'pairs';
    default:
      return undefined;
  }
}

function wordOf(chars: readonly string[]): string {
  return chars.slice(0, SEARCH_TOKEN_CHARS_MAX).join('');
}

/** Full-width letters are the others (NFKC); upper case first, so that ß and SS are the same. */
function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase();
}
