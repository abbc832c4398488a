import { limits, mayDo } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { silencedMark } from './may-write.ts';
import { raised } from './raised.ts';
import { refuse, refusePower } from './refuse.ts';
import { refuseTarget } from './refuse-target.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

type React = RoomCommand & { kind: 'react' };

/** A member puts a kind of reaction on a message, once (`[TALK2]`), or takes it off. */
export function decideReaction(state: RoomState, command: React, at: number): Decision {
  const { refersTo, target, reaction, on } = command;
  const kept = silencedMark(state, command);
  if (kept !== undefined) return kept;
  // An event that everybody gets: a hundred thousand readers would be heard by each other.
  if (state.roomKind === 'channel' && !mayDo(state, command.sender, 'send'))
    return refusePower(state, command, 'send');
  if (refersTo > state.seq || target === null) return refuse(command, 'not-found', { field: 'refersTo' });
  if (target === undefined) return { kind: 'lookup', of: 'target' };
  const refused = refuseTarget(state, command, target, at) ?? (on ? refuseMore(command, target) : undefined);
  if (refused !== undefined) return refused;
  const put = target.own.find((own) => own.reaction === reaction)?.seq;
  if ((put !== undefined) === on) return unchanged(state);
  const change = { type: 'reacted' as const, reaction, on, ...(put !== undefined && { put }) };
  const event = draftEvent(state, command, at, 'reaction', change);
  event.refersTo = refersTo;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/** `[TALK3]`: a message bears so many kinds, and so many of one person. */
function refuseMore(command: React, { own, kinds }: NonNullable<React['target']>) {
  const { reaction } = command;
  if (own.some((one) => one.reaction === reaction)) return undefined;
  const tooMany = (name: 'REACTIONS_PER_USER_MAX' | 'REACTION_KINDS_MAX', given: number) =>
    given > limits[name]
      ? refuse(command, 'too-many', { limit: { name, value: limits[name] }, given })
      : undefined;
  return (
    tooMany('REACTIONS_PER_USER_MAX', own.length + 1) ??
    (kinds.includes(reaction) ? undefined : tooMany('REACTION_KINDS_MAX', kinds.length + 1))
  );
}
