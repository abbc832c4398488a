import type { Change } from '@maru/protocol';
import { channelCreated, directRoomId, idToBytes, limits } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { decideRelate } from './decide-relate.ts';
import { draftEvent } from './draft-event.ts';
import { unwelcomeRoom } from './may-write.ts';
import { isNamed, refuse, refuseUnrecorded } from './refuse.ts';
import { isBlockedByOther } from './relation.ts';
import { type RoomState, RULES_VERSION } from './state.ts';
import { unchanged } from './unchanged.ts';
import { unreported } from './unreported.ts';

type CreateCommand = RoomCommand & { kind: 'create' };

const NOTHING_YET = { seq: 0, ordinal: 0 };

/** The creation of a room that is not there. A refusal has no log to be recorded in; the id stays new. */
export function decideCreate(command: CreateCommand): Decision {
  const wrong = malformed(command);
  if (wrong !== undefined) return refuseUnrecorded('bad-request', { field: wrong });
  const kept = unwelcomeRoom(command);
  if (kept !== undefined) return kept;
  if (command.roomKind === 'direct') {
    const lacking = unreported(command, command.relate?.report, command.user);
    if (lacking !== undefined) return lacking;
    const members = [command.sender, command.user];
    const act = command.relate?.act;
    const change: Change = { type: 'created', roomKind: 'direct', history: 'all', members };
    return created(command, act === undefined ? change : { ...change, act });
  }
  if (command.roomKind === 'channel')
    return tooManyChannels(command) ?? created(command, channelCreated(command.sender, command));
  const members = [...new Set([command.sender, ...command.users])];
  if (members.length > command.groupMembersMax) {
    const limit = { name: 'groupMembersMax', value: command.groupMembersMax };
    return refuseUnrecorded('room-full', { limit, given: members.length });
  }
  const { name, history } = command;
  return created(command, { type: 'created', roomKind: 'group', name, history, members });
}

/** Everybody reads the directory, and each channel makes it longer. */
function tooManyChannels({ channelsMade }: CreateCommand): Decision | undefined {
  if (channelsMade === undefined) return { kind: 'lookup', of: 'channels-made' };
  const [value, given] = [limits.CHANNELS_MADE_MAX, channelsMade + 1];
  if (given <= value) return undefined;
  return refuseUnrecorded('too-many', { limit: { name: 'CHANNELS_MADE_MAX', value }, given });
}

/** A member creates the room they are in: for a direct room that is fine and nothing to do, whoever was first. */
export function decideCreateAgain(state: RoomState, command: CreateCommand, at: number): Decision {
  const wrong = malformed(command);
  if (wrong !== undefined) return refuse(command, 'bad-request', { field: wrong });
  if (command.roomKind !== 'direct') return refuse(command, 'room-exists');
  if (isBlockedByOther(state, command.sender)) return nobodyThere();
  if (command.relate !== undefined) {
    const { room, sender, device, clientMessageId, now, reported } = command;
    const stamped = {
      room,
      sender,
      now,
      ...(device && { device }),
      ...(clientMessageId && { clientMessageId }),
      ...(reported && { reported }),
    };
    const basedOn = isNamed(command) ? { basedOn: 0 } : {};
    return decideRelate(state, { kind: 'relate', ...stamped, ...command.relate, ...basedOn }, at);
  }
  return unchanged(state);
}

/**
 * Somebody else's room is there. A create that could make no room is refused as if it were not: an id that anybody can
 * derive (of two people's direct room) must not tell whether they have written to each other (`[PRIV1]`).
 */
export function decideCreateByStranger(command: CreateCommand): Decision {
  const decision = decideCreate(command);
  return isPossible(decision) ? refuseUnrecorded('not-found') : decision;
}

/**
 * The other began the room with a block that lasts: to who is blocked it is not there, and the other's account is gone
 * (`[REL6]`). To them this is the edge's refusal of a create with somebody who is not there.
 */
export function decideCreateUnseen(command: CreateCommand): Decision {
  const decision = decideCreate(command);
  return isPossible(decision) ? nobodyThere() : decision;
}

/** Whether a create could make a room, were there none, and whatever the other's setting is. */
function isPossible(decision: Decision): boolean {
  return decision.kind !== 'refused' || decision.error.code === 'contacts-only';
}

function nobodyThere(): Decision {
  return refuseUnrecorded('recipient-unavailable', { field: 'users' });
}

function created(command: CreateCommand, change: Change): Decision {
  const event = draftEvent(NOTHING_YET, command, command.now, 'created', change);
  event.rulesVersion = RULES_VERSION;
  if (
    command.roomKind === 'direct' &&
    command.relate?.act === 'request' &&
    command.relate.note !== undefined
  ) {
    event.content = command.relate.note;
  }
  return { kind: 'event', event };
}

/** The field that keeps a command from making any room. */
function malformed(command: CreateCommand): 'user' | 'room' | undefined {
  if (command.roomKind === 'direct') {
    if (command.user === command.sender) return 'user';
    return command.room === directRoomId(command.sender, command.user) ? undefined : 'room';
  }
  // Any other room's id is a UUIDv7. A device that minted a derived id (UUIDv8) would take two people's direct room from them.
  return (idToBytes(command.room)[6] ?? 0) >>> 4 === 7 ? undefined : 'room';
}
