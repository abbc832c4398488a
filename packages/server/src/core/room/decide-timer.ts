import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { refuse } from './refuse.ts';
import { roomCreator } from './room-creator.ts';
import type { RoomState } from './state.ts';

/** How long messages stay from here on (`[TIME1]`). In a direct room either says so, in a group who made it. */
export function decideTimer(
  state: RoomState,
  command: RoomCommand & { kind: 'set-timer' },
  at: number,
): Decision {
  const may = state.roomKind === 'direct' || roomCreator(state) === command.sender;
  if (!may) return refuse(command, 'forbidden');
  const { seconds } = command;
  if (seconds === (state.facts.expiresAfter ?? 0)) return { kind: 'unchanged', seq: state.seq, at: state.at };
  const change = { type: 'timer-set', seconds } as const;
  return raised(state, { kind: 'event', event: draftEvent(state, command, at, 'timer-set', change) });
}
