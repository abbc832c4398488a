/** Who is what in a group: roles, and the rights that go by them. */
import { heirOf, limits, mayDo, ownerOf, roleOf, type UserId } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { refuse, refusePower } from './refuse.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

type Of<K extends RoomCommand['kind']> = RoomCommand & { kind: K };

/** The owner gives roles and hands the group over; an administrator may step down. */
export function decideSetRole(state: RoomState, command: Of<'set-role'>, at: number): Decision {
  const { sender, user, role } = command;
  const former = roleOf(state, user);
  const stepsDown = user === sender && former === 'administrator' && role === 'member';
  if (!stepsDown && !mayDo(state, sender, 'set-role')) return refusePower(state, command, 'set-role');
  const isThere = state.roomKind === 'channel' ? command.reading?.user : state.members.has(user);
  if (isThere !== true) return refuse(command, 'not-found', { field: 'user' });
  if (role === former) return unchanged(state);
  // A group is without an owner at no time: who has it hands it over.
  if (former === 'owner') return refuse(command, 'bad-request', { field: 'role' });
  const administrators = state.facts.administrators ?? [];
  const given = administrators.length + 1;
  const grows = role === 'administrator' || (role === 'owner' && former === 'member');
  if (grows && given > limits.ROOM_ADMINISTRATORS_MAX) {
    const limit = { name: 'ROOM_ADMINISTRATORS_MAX', value: limits.ROOM_ADMINISTRATORS_MAX };
    return refuse(command, 'too-many', { limit, given });
  }
  const event = draftEvent(state, command, at, 'role-set', { type: 'role-set', user, role });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

export function decideSetRights(state: RoomState, command: Of<'set-rights'>, at: number): Decision {
  if (!mayDo(state, command.sender, 'set-rights')) return refusePower(state, command, 'set-rights');
  const former = Object.entries(state.facts.rights ?? {});
  const rights = Object.entries(command.rights).filter(
    ([right, level]) => !former.some(([known, as]) => known === right && as === level),
  );
  if (rights.length === 0) return unchanged(state);
  const change = { type: 'rights-set' as const, rights: Object.fromEntries(rights) };
  return raised(state, FACTS_RULES_VERSION, {
    kind: 'event',
    event: draftEvent(state, command, at, 'rights-set', change),
  });
}

/** Anybody may leave. The owner's leaving hands the group over, as long as somebody is left. */
export function decideLeave(state: RoomState, command: Of<'leave'>, at: number): Decision {
  const heir =
    ownerOf(state) === command.sender && state.roomKind !== 'direct' ? followerIn(state) : undefined;
  if (heir === undefined) {
    return { kind: 'event', event: draftEvent(state, command, at, 'left', { type: 'left' }) };
  }
  const event = draftEvent(state, command, at, 'left', { type: 'left', owner: heir });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/** Of a channel the administrator of the longest standing as such, or nobody: its members are not known here. */
function followerIn(state: RoomState): UserId | undefined {
  return state.roomKind === 'channel' ? state.facts.administrators?.[0] : heirOf(state);
}
