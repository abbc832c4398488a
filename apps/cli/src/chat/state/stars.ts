import type { Message } from '@maru/client';
import type { Seq } from '@maru/protocol';
import type { World } from './world.ts';

const known = new WeakMap<readonly Seq[], ReadonlySet<Seq>>();

/** Whether the user has starred a message of the open room. Asked for every message of every screen. */
export function isStarred({ seq }: Pick<Message, 'seq'>, { room }: Pick<World, 'room'>): boolean {
  const { stars = [] } = room ?? {};
  if (seq === undefined || stars.length === 0) return false;
  let set = known.get(stars);
  if (set === undefined) {
    set = new Set(stars);
    known.set(stars, set);
  }
  return set.has(seq);
}
