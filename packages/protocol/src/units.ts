/** The UTF-16 code units at which code points begin, for places that rise or are asked for in any order. */
export function unitsAt(text: string, places: Iterable<number>): ReadonlyMap<number, number> {
  const units = new Map<number, number>();
  let points = 0;
  let at = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    for (; points < place && at < text.length; points++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    units.set(place, at);
  }
  return units;
}
