import { searchQuery } from '@maru/protocol';

/** A stretch of what was found; `hit`: it is what was looked for. */
export interface SnippetPart {
  readonly text: string;
  readonly hit: boolean;
}

const BEFORE_UNITS = 24;
const SNIPPET_UNITS_MAX = 160;

/** What stands around the first place of a text that a query finds, in a line, with what was found lit. */
export function snippetOf(text: string, query: string): SnippetPart[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const words = wordsOf(query);
  const low = line.toLowerCase();
  // Where small letters are of another length places can't be told: then nothing is lit.
  const places =
    low.length === line.length ? words.map((word) => low.indexOf(word)).filter((at) => at >= 0) : [];
  const first = places.length === 0 ? 0 : Math.min(...places);
  const from = first > BEFORE_UNITS ? first - BEFORE_UNITS : 0;
  const shown = (from > 0 ? '…' : '') + line.slice(from, from + SNIPPET_UNITS_MAX);
  return low.length === line.length ? lit(shown, words) : [{ text: shown, hit: false }];
}

function lit(text: string, words: readonly string[]): SnippetPart[] {
  const low = text.toLowerCase();
  const parts: SnippetPart[] = [];
  let at = 0;
  while (at < text.length) {
    const next = words
      .map((word) => ({ word, from: low.indexOf(word, at) }))
      .filter(({ from }) => from >= 0)
      .sort((a, b) => a.from - b.from || b.word.length - a.word.length)[0];
    if (next === undefined) break;
    if (next.from > at) parts.push({ text: text.slice(at, next.from), hit: false });
    parts.push({ text: text.slice(next.from, next.from + next.word.length), hit: true });
    at = next.from + next.word.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), hit: false });
  return parts;
}

function wordsOf(query: string): string[] {
  const whole = query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  const { tokens, beginnings } = searchQuery(query);
  return tokens.length + beginnings.length === 0 ? [] : whole;
}
