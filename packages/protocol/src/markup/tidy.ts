import type { Entity } from '../content.ts';
import { inOrder } from './in-order.ts';

const WITHIN_LINES: readonly Entity['type'][] = ['bold', 'italic', 'strike', 'spoiler'];

/** Entities in order: rising, of two that begin together the outer one first. What is bold is not made bold again. */
export function tidy(entities: readonly Entity[]): Entity[] {
  const sorted = inOrder(entities);
  const ends = new Map<Entity['type'], number>();
  return sorted.filter(({ type, offset, length }) => {
    if (!WITHIN_LINES.includes(type)) return true;
    const end = ends.get(type) ?? 0;
    if (offset + length <= end) return false;
    ends.set(type, offset + length);
    return true;
  });
}
