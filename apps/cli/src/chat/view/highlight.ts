import type { Line, Span } from './span.ts';

/** A row in which what was searched for is lit, also where it looks different within. */
export function highlight(line: Line, query: string | undefined): Line {
  if (query === undefined || query === '') return line;
  const text = line.map((each) => each.text).join('');
  const where = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Where lower case is longer (İ), places don't match: then nothing is lit.
  if (where.length !== text.length) return line;
  const lit: Span[] = [];
  let at = 0;
  let match = where.indexOf(wanted);
  for (const each of line) {
    let from = 0;
    while (match !== -1 && match < at + each.text.length) {
      const start = Math.max(0, match - at);
      const end = match + wanted.length - at;
      if (start > from) lit.push({ ...each, text: each.text.slice(from, start) });
      lit.push({ ...each, text: each.text.slice(start, end), style: 'match' });
      from = end;
      // What is found may go on in the next span.
      if (end > each.text.length) break;
      match = where.indexOf(wanted, match + wanted.length);
    }
    if (from < each.text.length) lit.push({ ...each, text: each.text.slice(from) });
    at += each.text.length;
  }
  return lit;
}
