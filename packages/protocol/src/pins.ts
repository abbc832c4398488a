import type { Seq } from './ids.ts';

/** The pinned messages of a room, the one that was pinned last first, after one more is pinned or taken down. */
export function pinsAfter(pins: readonly Seq[], target: Seq, on: boolean): readonly Seq[] {
  if (pins.includes(target) === on) return pins;
  return on ? [target, ...pins] : pins.filter((pinned) => pinned !== target);
}
