import { mayDo } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { silenced } from './may-write.ts';
import { raised } from './raised.ts';
import { refusePower } from './refuse.ts';
import { sidesOf } from './relation.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

/**
 * How long messages stay from here on (`[TIME1]`). In a direct room either says so who could write there: it holds for
 * what the other writes, too. In a group who may.
 */
export function decideTimer(
  state: RoomState,
  command: RoomCommand & { kind: 'set-timer' },
  at: number,
): Decision {
  const kept = silenced(state, command, sidesOf(state, command.sender));
  if (kept !== undefined) return kept;
  if (!mayDo(state, command.sender, 'set-timer')) return refusePower(state, command, 'set-timer');
  const { seconds } = command;
  if (seconds === (state.facts.expiresAfter ?? 0)) return unchanged(state);
  const change = { type: 'timer-set', seconds } as const;
  return raised(state, FACTS_RULES_VERSION, {
    kind: 'event',
    event: draftEvent(state, command, at, 'timer-set', change),
  });
}
