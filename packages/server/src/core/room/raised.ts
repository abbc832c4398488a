import type { Decision } from './command.ts';
import type { RoomState } from './state.ts';

/**
 * What came with later rules raises a room of earlier ones: from this event on only a program that knows them decides.
 *
 * For the next rules: name their number in `state.ts` beside `FACTS_RULES_VERSION`, raise `RULES_VERSION` to it, so that
 * rooms that begin then run by them, and give it here, `raised(state, POLLS_RULES_VERSION, decision)`, where what they
 * brought is decided. What an earlier program would do otherwise by the same event, and not only what is new to it,
 * belongs to new rules.
 *
 * @param version of the rules that brought what the event says
 */
export function raised(state: RoomState, version: number, decision: Decision): Decision {
  if (decision.kind !== 'event' || state.rulesVersion >= version) return decision;
  return { kind: 'event', event: { ...decision.event, rulesVersion: version } };
}
