import { type Line, type Style, span } from './span.ts';

/** A row of text in which what was searched for is lit. */
export function highlight(text: string, style: Style, query: string | undefined): Line {
  if (query === undefined || query === '') return [span(text, style)];
  const where = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Where lower case is longer (İ), places don't match: then nothing is lit.
  if (where.length !== text.length) return [span(text, style)];
  const line = [];
  let from = 0;
  for (let at = where.indexOf(wanted); at !== -1; at = where.indexOf(wanted, from)) {
    if (at > from) line.push(span(text.slice(from, at), style));
    from = at + wanted.length;
    line.push(span(text.slice(at, from), 'match'));
  }
  if (from < text.length || line.length === 0) line.push(span(text.slice(from), style));
  return line;
}
