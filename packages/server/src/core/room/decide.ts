import { unreachable } from '../unreachable.ts';
import type { Decision, RoomCommand } from './command.ts';
import { decideCreate, decideCreateByStranger, decideCreateUnseen } from './decide-create.ts';
import { decideExpire } from './decide-expire.ts';
import { decideForMember } from './decide-for-member.ts';
import { decideJoin, decideWithdraw } from './decide-links.ts';
import { isNamed, recordedError, refuse, refuseRulesUnknown, refuseUnrecorded } from './refuse.ts';
import { isHiddenFrom } from './relation.ts';
import { lookUp, windowOf } from './send-window.ts';
import { type RoomState, RULES_VERSION, type SendOutcome } from './state.ts';

/** What `[ONCE1]` says of a command before any other rule is asked. */
type Once =
  | { readonly kind: 'new' }
  | { readonly kind: 'too-old' }
  | { readonly kind: 'repeat'; readonly outcome: SendOutcome }
  | { readonly kind: 'lookup'; readonly of: 'window' | 'earlier' };

const NEW: Once = { kind: 'new' };
const TOO_OLD: Once = { kind: 'too-old' };
const LOOK_UP_WINDOW: Once = { kind: 'lookup', of: 'window' };
const LOOK_UP_READING: Decision = { kind: 'lookup', of: 'reading' };
const LOOK_UP_EARLIER: Once = { kind: 'lookup', of: 'earlier' };

/**
 * What a command comes to, by the room's state and the command alone (`[ORD5]`). First comes ONCE: a repetition gets
 * the first answer, also when its sender has left meanwhile, for it says nothing but what became of their own command.
 * Then membership: to all others the room does not exist (`[PRIV1]`). Then the room's rules, if they are known
 * (`[ORD6]`): the two before are the same by any.
 *
 * It is meant not to throw; the worker calls {@link decideTotal}, which cannot.
 */
export function decide(state: RoomState | undefined, command: RoomCommand): Decision {
  if (state === undefined) return decideForNoRoom(command);
  const at = Math.max(state.at, command.now);
  const once = askOnce(state, command, at);
  switch (once.kind) {
    case 'repeat':
    case 'lookup':
      return once;
    case 'new':
    case 'too-old':
      break;
    default:
      return unreachable(once);
  }
  // The server's own, in the name of who may have left.
  const isOwn = command.kind === 'expire';
  if (!isOwn && state.roomKind === 'channel' && command.reading === undefined) return LOOK_UP_READING;
  if (!isOwn && !isMember(state, command)) return decideForStranger(state, command);
  if (!isOwn && isHiddenFrom(state, command.sender) && !isDeparture(command)) return decideUnseen(command);
  if (state.rulesVersion > RULES_VERSION) return refuseRulesUnknown();
  if (isOwn) return decideExpire(state, command, at);
  return once.kind === 'new' ? decideForMember(state, command, at) : decideTooOld(state, command, at);
}

/**
 * As {@link decide}, and never throws: a command at which the rules fail is refused for good, so that one such command
 * can't stop a room (or, replayed, a partition) for ever. The fault is handed out for the log.
 */
export function decideTotal(state: RoomState | undefined, command: RoomCommand): Decision {
  try {
    return decide(state, command);
  } catch (fault) {
    return decideFailed(state, command, fault);
  }
}

/** What becomes of a command at which the rules fail, be it to decide or to carry out what was decided (`[ORD7]`). */
export function decideFailed(
  state: RoomState | undefined,
  command: RoomCommand,
  fault: unknown,
): Decision & { kind: 'refused' } {
  const recorded = state !== undefined && isMember(state, command) && isNamed(command);
  return { kind: 'refused', error: recordedError('internal'), recorded, fault };
}

function decideForNoRoom(command: RoomCommand): Decision {
  if (command.kind === 'join') return decideJoin(undefined, command);
  return command.kind === 'create' ? decideCreate(command) : refuseUnrecorded('not-found');
}

function decideForStranger(state: RoomState, command: RoomCommand): Decision {
  if (command.kind === 'join') return decideJoin(state, command);
  if (isDeparture(command)) return decideWithdraw(state, command);
  return command.kind === 'create' ? decideCreateByStranger(command) : refuseUnrecorded('not-found');
}

function decideUnseen(command: RoomCommand): Decision {
  // A link into it is one into no room, as for every stranger (`[LINK2]`).
  if (command.kind === 'join') return decideJoin(undefined, command);
  return command.kind === 'create' ? decideCreateUnseen(command) : refuseUnrecorded('not-found');
}

function isMember({ roomKind, members }: RoomState, { sender, reading }: RoomCommand): boolean {
  return roomKind === 'channel' ? reading?.sender === true : members.has(sender);
}

/** The server takes a deleted account out of all its rooms, and back what it asked of others. */
function isDeparture(command: RoomCommand): command is RoomCommand & { kind: 'leave' } {
  return command.kind === 'leave' && !isNamed(command);
}

function askOnce(state: RoomState, command: RoomCommand, at: number): Once {
  const { device, clientMessageId, earlier } = command;
  if (device === undefined || clientMessageId === undefined) return NEW;
  const window = windowOf(state.windows, device) ?? command.window;
  if (window === undefined) return LOOK_UP_WINDOW;
  const answer = lookUp(window ?? undefined, clientMessageId, at);
  if (answer.kind === 'new') return NEW;
  if (answer.kind !== 'below') return { kind: 'repeat', outcome: answer };
  if (earlier === undefined) return LOOK_UP_EARLIER;
  return earlier === null ? TOO_OLD : { kind: 'repeat', outcome: earlier };
}

/**
 * An id that was never seen and can't be new any more. It is refused on the record, so that it stays refused whatever
 * the window comes to hold. But a command that changed nothing left no trace when it was first accepted, so where it
 * (still) has nothing to do it is accepted again.
 */
function decideTooOld(state: RoomState, command: RoomCommand, at: number): Decision {
  const decision = decideForMember(state, command, at);
  return decision.kind === 'unchanged' ? decision : refuse(command, 'id-too-old');
}
