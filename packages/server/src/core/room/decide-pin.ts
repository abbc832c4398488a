import { limits, mayDo } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { silencedMark } from './may-write.ts';
import { raised } from './raised.ts';
import { refuse, refusePower } from './refuse.ts';
import { refuseTarget } from './refuse-target.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

type Pin = RoomCommand & { kind: 'pin' };

/** Who may, pins a message (`[TALK9]`) or takes one down. */
export function decidePin(state: RoomState, command: Pin, at: number): Decision {
  const { refersTo, on } = command;
  const kept = silencedMark(state, command);
  if (kept !== undefined) return kept;
  if (!mayDo(state, command.sender, 'pin')) return refusePower(state, command, 'pin');
  const { pins = [] } = state.facts;
  if (pins.includes(refersTo) === on) return unchanged(state);
  const refused = on ? refuseToPin(state, command, pins.length, at) : undefined;
  if (refused !== undefined) return refused;
  const event = draftEvent(state, command, at, 'pinned', { type: 'pinned', on });
  event.refersTo = refersTo;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

function refuseToPin(state: RoomState, command: Pin, pinned: number, at: number): Decision | undefined {
  const { refersTo, target } = command;
  if (refersTo > state.seq || target === null) return refuse(command, 'not-found', { field: 'refersTo' });
  if (target === undefined) return { kind: 'lookup', of: 'target' };
  const refused = refuseTarget(state, command, target, at);
  if (refused !== undefined) return refused;
  if (pinned < limits.PINS_MAX) return undefined;
  const limit = { name: 'PINS_MAX', value: limits.PINS_MAX };
  return refuse(command, 'too-many', { limit, given: pinned + 1 });
}
