import type { RelationAct, UserId } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { refuse } from './refuse.ts';
import { type Side, sidesOf, stateOf } from './relation.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';
import { unreported } from './unreported.ts';

export type RelateCommand = RoomCommand & { kind: 'relate' };

/** What an act comes to. A block is always done; any other rests on what the user saw (`[REL2]`). */
export function decideRelate(state: RoomState, command: RelateCommand, at: number): Decision {
  const sides = sidesOf(state, command.sender);
  if (sides === undefined) return refuse(command, 'forbidden');
  const { mine, others } = sides;
  const { act } = command;
  if (act === 'block') {
    const lacking = unreported(
      command,
      command.report,
      otherOf(state, command.sender) ?? command.report?.peer,
    );
    if (lacking !== undefined) return lacking;
  }
  if (isReached(mine, act)) return unchanged(state);
  if (act === 'block') return related(state, command, at, 'block');
  if (!isAsSeen(mine, command) || !fits(mine, act)) return refuse(command, 'relation-changed');
  if (act !== 'request' && act !== 'accept') return related(state, command, at, act);
  if (isUnavailable(state, others)) return refuse(command, 'recipient-unavailable');
  const meets = mine.request === 'theirs' || others.request === 'mine';
  return related(state, command, at, meets ? 'accept' : act);
}

/** The other, as long as their account is there. */
export function otherOf({ members }: RoomState, user: UserId): UserId | undefined {
  for (const member of members.keys()) if (member !== user) return member;
  return undefined;
}

/** To who is blocked and who writes to a deleted account nobody is there (`[REL7]`). */
export function isUnavailable(state: RoomState, others: Side): boolean {
  return state.members.size < 2 || others.blocks;
}

function related(state: RoomState, command: RelateCommand, at: number, act: RelationAct): Decision {
  const event = draftEvent(state, command, at, 'related', { type: 'related', act });
  if (command.act === 'request' && command.note !== undefined) event.content = command.note;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/**
 * Whether what the act is to bring about is so already, whatever the user saw. What ends a request or a contact is not
 * taken for done where the other has made more of it meanwhile.
 */
function isReached(mine: Side, act: RelationAct): boolean {
  switch (act) {
    case 'request':
      return mine.contact || mine.request === 'mine';
    case 'accept':
      return mine.contact;
    case 'block':
      return mine.blocks;
    case 'unblock':
      return !mine.blocks;
    case 'refuse':
      return mine.request !== 'theirs' && !mine.contact && stateOf(mine) !== 'stranger';
    case 'cancel':
      return mine.request !== 'mine' && !mine.contact;
    case 'remove':
      return !mine.contact && mine.request === undefined;
  }
}

function fits(mine: Side, act: Exclude<RelationAct, 'block'>): boolean {
  switch (act) {
    case 'request':
      return !mine.blocks;
    case 'accept':
    case 'refuse':
      return mine.request === 'theirs' || stateOf(mine) === 'stranger';
    case 'cancel':
      return mine.request === 'mine';
    case 'remove':
      return mine.contact;
    case 'unblock':
      return mine.blocks;
  }
}

/** What a device did itself it knows of, also where it did several acts before it heard of the first. */
function isAsSeen(mine: Side, { basedOn, device }: RelateCommand): boolean {
  return basedOn === undefined || basedOn === mine.seq || (device !== undefined && mine.by === device);
}
