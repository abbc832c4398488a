import type { Entity } from '../content.ts';

/** From the outside to the inside, of those with the same place. */
const OUTER_FIRST: readonly Entity['type'][] = [
  'quote',
  'list-item',
  'pre',
  'bold',
  'italic',
  'strike',
  'spoiler',
  'code',
];

/** Entities rising by where they begin; of two that begin together the outer one first. */
export function inOrder<E extends Entity>(entities: readonly E[]): E[] {
  return entities.toSorted(
    (a, b) => a.offset - b.offset || b.length - a.length || rank(a.type) - rank(b.type),
  );
}

function rank(type: Entity['type']): number {
  const at = OUTER_FIRST.indexOf(type);
  return at === -1 ? OUTER_FIRST.length : at;
}
