import type { Entity } from './content.ts';
import { safeUrl } from './links.ts';
import { countCodePoints } from './text.ts';

type Span = Pick<Entity, 'offset' | 'length'>;

/** In these everything stands for itself. */
const VERBATIM: readonly Entity['type'][] = ['code', 'pre', 'link', 'mention', 'mention-all'];
/** Of these nothing lies within what stands for itself. */
const BLOCKS: readonly Entity['type'][] = ['pre', 'quote', 'list-item'];

/**
 * What is wrong with a text's entities, in a sentence; `undefined`: nothing. They lie inside the text, within each other
 * or apart; no quote within code; an address is one that may be opened. The same on both sides.
 */
export function entitiesFault(text: string, entities: readonly Entity[]): string | undefined {
  if (entities.length === 0) return undefined;
  const codePoints = countCodePoints(text);
  const open: Entity[] = [];
  for (const entity of entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)) {
    if (endOf(entity) > codePoints) return 'An entity reaches beyond the text.';
    while (open.length > 0 && endOf(open.at(-1)) <= entity.offset) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined && endOf(entity) > endOf(outer)) {
      return 'Two entities cross: one has to lie within the other, or beside it.';
    }
    // Of two with the same place either may be the outer one.
    const isSame = outer?.length === entity.length;
    if (outer !== undefined && !isSame && VERBATIM.includes(outer.type) && BLOCKS.includes(entity.type)) {
      return `There is no ${entity.type} within ${outer.type}.`;
    }
    if (entity.type === 'link' && entity.url !== undefined && safeUrl(entity.url) === undefined) {
      return 'The address of a link begins with http: or https:, and names nobody before the host.';
    }
    open.push(entity);
  }
  return undefined;
}

/** Whether each lies partly in the other. */
export function isCrossing(one: Span, other: Span): boolean {
  const [first, second] = one.offset <= other.offset ? [one, other] : [other, one];
  return first.offset < second.offset && second.offset < endOf(first) && endOf(first) < endOf(second);
}

function endOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.offset + span.length;
}
