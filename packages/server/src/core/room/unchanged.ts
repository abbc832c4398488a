import type { Decision } from './command.ts';
import type { RoomState } from './state.ts';

/** There is nothing to do: the head is the answer. */
export function unchanged({ seq, at }: RoomState): Decision {
  return { kind: 'unchanged', seq, at };
}
