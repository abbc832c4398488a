import { type AnyContent, type Entity, inOrder, linksIn, unitsAt } from '@maru/protocol';
import { entitiesOf } from '../rooms/plain-text.ts';

/** A text as a tree of what its stretches are. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | {
      readonly kind: 'entity';
      readonly entity: Entity;
      readonly text: string;
      readonly children: readonly Segment[];
    };

/** In these no address is looked for. */
const VERBATIM: readonly Entity['type'][] = ['code', 'pre', 'link', 'mention', 'mention-all'];
/** These stand on lines of their own, so that the breaks around them are no lines. */
const BLOCKS: readonly Entity['type'][] = ['pre', 'quote', 'list-item'];

interface Span {
  readonly entity: Entity;
  readonly from: number;
  readonly to: number;
}

const known = new WeakMap<AnyContent, readonly Segment[]>();

/** Of a content that says a text: the same tree each time. */
export function segmentsOf(content: AnyContent, text: string): readonly Segment[] {
  let segments = known.get(content);
  if (segments === undefined) {
    segments = segmentText(text, entitiesOf(content));
    known.set(content, segments);
  }
  return segments;
}

/** Entities that cross others or reach beyond the text are left out: others' devices may send anything. */
export function segmentText(text: string, entities: readonly Entity[] = []): readonly Segment[] {
  if (entities.length === 0) return linked(text, 0, text.length);
  const places = entities.flatMap(({ offset, length }) => [offset, offset + length]);
  const units = unitsAt(text, places);
  const spans = inOrder([...entities]).map((entity): Span => {
    const from = units.get(entity.offset) ?? text.length;
    return { entity, from, to: units.get(entity.offset + entity.length) ?? text.length };
  });
  return within(text, 0, text.length, spans, true);
}

function within(text: string, from: number, to: number, spans: readonly Span[], finds: boolean): Segment[] {
  const segments: Segment[] = [];
  let at = from;
  const say = (end: number) => {
    if (end <= at) return;
    segments.push(
      ...(finds ? linked(text, at, end) : [{ kind: 'text', text: text.slice(at, end) } as const]),
    );
  };
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined || span.from < at || span.to > to || span.to <= span.from) continue;
    const isBlock = BLOCKS.includes(span.entity.type);
    say(isBlock && text[span.from - 1] === '\n' ? span.from - 1 : span.from);
    const inner = spans.slice(index + 1).filter((other) => other.from >= span.from && other.to <= span.to);
    segments.push({
      kind: 'entity',
      entity: span.entity,
      text: text.slice(span.from, span.to),
      children: within(text, span.from, span.to, inner, finds && !VERBATIM.includes(span.entity.type)),
    });
    at = isBlock && text[span.to] === '\n' ? span.to + 1 : span.to;
  }
  say(to);
  return segments;
}

/** A stretch with the addresses in it. */
function linked(text: string, from: number, to: number): Segment[] {
  const piece = text.slice(from, to);
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end, url } of linksIn(piece)) {
    if (start > at) segments.push({ kind: 'text', text: piece.slice(at, start) });
    segments.push({ kind: 'link', text: piece.slice(start, end), url });
    at = end;
  }
  if (at < piece.length) segments.push({ kind: 'text', text: piece.slice(at) });
  return segments;
}
