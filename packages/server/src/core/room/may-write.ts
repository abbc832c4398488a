import type { UserId } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { isUnavailable } from './decide-relate.ts';
import { refuse, refuseUnrecorded } from './refuse.ts';
import type { Side, Sides } from './relation.ts';
import type { RoomState } from './state.ts';

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
  if (command.roomKind === 'group' || command.relate !== undefined || device === undefined) return undefined;
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
  const hasNobodyToTell = sides.mine.blocks || isUnavailable(state, sides.others);
  if (hasNobodyToTell) return refuse(command, 'recipient-unavailable');
  return unwelcome(state, command, sides);
}

function accepts({ open, contact, request }: Side): boolean {
  return open || contact || request === 'mine';
}

function otherOf({ members }: RoomState, user: UserId): UserId | undefined {
  for (const member of members.keys()) if (member !== user) return member;
  return undefined;
}
