import { mayDo } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { refusePower } from './refuse.ts';
import type { RoomState } from './state.ts';

/** How long messages stay from here on (`[TIME1]`). In a direct room either says so, in a group who may. */
export function decideTimer(
  state: RoomState,
  command: RoomCommand & { kind: 'set-timer' },
  at: number,
): Decision {
  if (!mayDo(state, command.sender, 'set-timer')) return refusePower(state, command, 'set-timer');
  const { seconds } = command;
  if (seconds === (state.facts.expiresAfter ?? 0)) return { kind: 'unchanged', seq: state.seq, at: state.at };
  const change = { type: 'timer-set', seconds } as const;
  return raised(state, { kind: 'event', event: draftEvent(state, command, at, 'timer-set', change) });
}
