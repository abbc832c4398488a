import type { Seq } from '@maru/protocol';
import type { Room } from './rooms.ts';
import { isVisible } from './visible.ts';

/** Whether an event will still join the room's run. What is not seen live by one who left is not seen at all. */
export function willCome({ record }: Room, seq: Seq): boolean {
  const { membership, visible, stored } = record;
  return membership === 'member' && seq > (stored?.tip.seq ?? 0) && isVisible(visible, seq);
}
