/** Slow mode: how long a member waits between two messages. */
import { mayDo, refusal } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { refusePower } from './refuse.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

/**
 * Whether a member has to wait with a message. The refusal leaves no trace (`[ONCE8]`), so that the same message may come
 * again when the time is over. `undefined`: it may come now.
 */
export function refuseSlowMode(state: RoomState, command: RoomCommand, at: number): Decision | undefined {
  const { slowMode } = state.facts;
  const { sender } = command;
  if (slowMode === undefined || mayDo(state, sender, 'set-slow-mode')) return undefined;
  const known = state.slowSends?.findLast(([user]) => user === sender)?.[1];
  const last = known ?? command.lastMessage;
  if (last === undefined) return { kind: 'lookup', of: 'last-message' };
  // The clock went back behind it: the room's time stands still, and nobody waits for the clock to come up to it.
  if (last === null || command.now < last) return undefined;
  const retryAfterMs = last + slowMode * 1_000 - at;
  if (retryAfterMs <= 0) return undefined;
  const sentence = `In this group a member waits ${slowMode} s between two messages.`;
  const limit = { name: 'slowMode', value: slowMode };
  return {
    kind: 'refused',
    error: refusal('rate-limited', sentence, { retryAfterMs, limit }),
    recorded: false,
  };
}

export function decideSetSlowMode(
  state: RoomState,
  command: RoomCommand & { kind: 'set-slow-mode' },
  at: number,
): Decision {
  const { sender, seconds } = command;
  if (!mayDo(state, sender, 'set-slow-mode')) return refusePower(state, command, 'set-slow-mode');
  if (seconds === (state.facts.slowMode ?? 0)) return unchanged(state);
  const event = draftEvent(state, command, at, 'slow-mode-set', { type: 'slow-mode-set', seconds });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}
