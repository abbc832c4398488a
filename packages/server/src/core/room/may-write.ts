import type { Decision, RoomCommand } from './command.ts';
import { isUnavailable, otherOf } from './decide-relate.ts';
import { refuse, refuseUnrecorded } from './refuse.ts';
import { type Side, type Sides, sidesOf } from './relation.ts';
import type { RoomState } from './state.ts';

type Marking = Extract<RoomCommand, { kind: 'react' | 'pin' }>;

/**
 * What keeps somebody from writing to the other of a direct room who has not accepted them: that person's setting
 * (`[PEOPLE8]`), which is looked up; `undefined`: nothing. Mostly the two have accepted each other, and nobody is asked. What the
 * server does itself, as an import, is not kept from anything.
 */
function unwelcome(state: RoomState, command: RoomCommand, sides: Sides): Decision | undefined {
  if (accepts(sides.others) || command.device === undefined) return undefined;
  if (command.mayWrite !== undefined) return command.mayWrite ? undefined : refuse(command, 'contacts-only');
  const to = otherOf(state, command.sender);
  return to === undefined ? undefined : { kind: 'lookup', of: 'policy', to };
}

/** The same of a direct room that is to be made, with nothing but that. A request may always be made, and a block. */
export function unwelcomeRoom(command: RoomCommand & { kind: 'create' }): Decision | undefined {
  const { device, mayWrite } = command;
  if (command.roomKind !== 'direct' || command.relate !== undefined || device === undefined) return undefined;
  if (mayWrite === undefined) return { kind: 'lookup', of: 'policy', to: command.user };
  return mayWrite ? undefined : refuseUnrecorded('contacts-only', { field: 'users' });
}

/**
 * What keeps a member from saying anything new: the other of a direct room is gone, one of the two blocks the other
 * (`[REL7]`), or they do not let the sender write to them (`[PEOPLE8]`). `undefined`: nothing.
 */
export function silenced(
  state: RoomState,
  command: RoomCommand,
  sides: Sides | undefined,
): Decision | undefined {
  if (sides === undefined) return undefined;
  return hasNobodyToTell(state, command, sides) ?? unwelcome(state, command, sides);
}

/** The same for what is put on a message. It may be taken off again, as a message may be deleted, where that is told. */
export function silencedMark(state: RoomState, command: Marking): Decision | undefined {
  const sides = sidesOf(state, command.sender);
  if (sides === undefined || command.on) return silenced(state, command, sides);
  return hasNobodyToTell(state, command, sides);
}

function hasNobodyToTell(state: RoomState, command: RoomCommand, sides: Sides): Decision | undefined {
  const isUntold = sides.mine.blocks || isUnavailable(state, sides.others);
  return isUntold ? refuse(command, 'recipient-unavailable') : undefined;
}

function accepts({ open, contact, request }: Side): boolean {
  return open || contact || request === 'mine';
}
