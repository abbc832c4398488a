import type { Decision } from './command.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';

/** What came with later rules raises a room of earlier ones: from this event on only a program that knows them decides. */
export function raised(state: RoomState, decision: Decision): Decision {
  if (decision.kind !== 'event' || state.rulesVersion >= FACTS_RULES_VERSION) return decision;
  return { kind: 'event', event: { ...decision.event, rulesVersion: FACTS_RULES_VERSION } };
}
