import { countCodePoints, type Entity } from '@maru/protocol';

/** A whole text is laid out in slices of at most so many code units: one is made within a frame. */
export const SLICE_UNITS_MAX = 3_000;

/** A stretch of a text with what of its looks lies in it, by code points from its own beginning. */
export interface TextSlice {
  /** Where it begins, in code units. */
  readonly from: number;
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** A text in slices that end with a line, where there are lines. What reaches over an end goes on in the next one. */
export function textSlices(
  text: string,
  entities: readonly Entity[] = [],
  unitsMax: number = SLICE_UNITS_MAX,
): TextSlice[] {
  const slices: TextSlice[] = [];
  const waiting = entities.toSorted((a, b) => a.offset - b.offset);
  let open: Entity[] = [];
  let next = 0;
  let begin = 0;
  for (let from = 0; from < text.length; ) {
    const to = endOf(text, from, unitsMax);
    const points = countCodePoints(text.slice(from, to));
    const end = begin + points;
    for (let entity = waiting[next]; entity !== undefined && entity.offset < end; entity = waiting[++next])
      open.push(entity);
    const within = open.flatMap((entity) => clipped(entity, begin, end));
    // The break at a slice's end is made by the slice.
    const shown = text.slice(from, to).replace(/\n$/, '');
    slices.push({ from, text: shown, entities: within });
    open = open.filter(({ offset, length }) => offset + length > end);
    begin = end;
    from = to;
  }
  return slices;
}

function endOf(text: string, from: number, unitsMax: number): number {
  const end = from + unitsMax;
  if (end >= text.length) return text.length;
  const line = text.lastIndexOf('\n', end - 1);
  if (line > from) return line + 1;
  // Two code units of one character stay together.
  return (text.codePointAt(end - 1) ?? 0) > 0xffff ? end - 1 : end;
}

function clipped(entity: Entity, begin: number, end: number): Entity[] {
  const from = Math.max(entity.offset, begin);
  const to = Math.min(entity.offset + entity.length, end);
  return to <= from ? [] : [{ ...entity, offset: from - begin, length: to - from }];
}
