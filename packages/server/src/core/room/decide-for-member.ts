import type { Change } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import type { Decision, RoomCommand } from './command.ts';
import { decideCreateAgain } from './decide-create.ts';
import { decideRelate, isUnavailable } from './decide-relate.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { isNamed, refuse } from './refuse.ts';
import { type Sides, sidesOf } from './relation.ts';
import { roomCreator } from './room-creator.ts';
import type { RoomState } from './state.ts';
import { writing } from './writing.ts';

type Of<K extends RoomCommand['kind']> = RoomCommand & { kind: K };

/** What a member's new command comes to by the room's rules. `at` is the room's time. */
export function decideForMember(state: RoomState, command: RoomCommand, at: number): Decision {
  switch (command.kind) {
    case 'send':
      return decideSend(state, command, at);
    case 'edit':
    case 'delete':
      return decideOnTarget(state, command, at);
    case 'create':
      return decideCreateAgain(state, command, at);
    case 'add':
    case 'remove':
    case 'leave':
    case 'rename':
    case 'set-history':
    case 'describe':
      return decideOnGroup(state, command, at);
    case 'relate':
      return decideRelate(state, command, at);
    default:
      return unreachable(command);
  }
}

function decideSend(state: RoomState, command: Of<'send'>, at: number): Decision {
  const sides = sidesOf(state, command.sender);
  if (hasNobodyToTell(state, sides)) return refuse(command, 'recipient-unavailable');
  const event = draftEvent(state, command, at, 'message', sides && writing(sides));
  event.content = command.content;
  if (command.mentions !== undefined) event.mentions = command.mentions;
  if (command.expiresAfter !== undefined) {
    event.expiresAfter = command.expiresAfter;
    event.expiresAt = at + command.expiresAfter * 1_000;
  }
  if (command.sentAt !== undefined) event.sentAt = command.sentAt;
  return { kind: 'event', event };
}

/** The other of a direct room is gone, or one of the two blocks the other (`[REL7]`). */
function hasNobodyToTell(state: RoomState, sides: Sides | undefined): boolean {
  return sides !== undefined && (sides.mine.blocks || isUnavailable(state, sides.others));
}

/** Only who wrote a message changes or deletes it, and once it is deleted nobody does. */
function decideOnTarget(state: RoomState, command: Of<'edit'> | Of<'delete'>, at: number): Decision {
  const { refersTo, target } = command;
  if (refersTo > state.seq || target === null) return refuse(command, 'not-found', { field: 'refersTo' });
  if (target === undefined) return { kind: 'lookup', of: 'target' };
  if (target.kind !== 'message' || target.sender !== command.sender) return refuse(command, 'forbidden');
  if (target.deleted) return refuse(command, 'already-deleted');
  // What was said may be taken back, but nothing new said.
  if (command.kind === 'edit' && hasNobodyToTell(state, sidesOf(state, command.sender)))
    return refuse(command, 'recipient-unavailable');
  const event = draftEvent(state, command, at, command.kind === 'edit' ? 'edit' : 'deletion');
  event.refersTo = refersTo;
  if (command.kind === 'edit') {
    if (target.expiresAt !== undefined && target.expiresAt <= at) {
      return refuse(command, 'not-found', { field: 'refersTo' });
    }
    event.content = command.content;
    if (command.mentions !== undefined) event.mentions = command.mentions;
    // What an expiring message came to say expires with it.
    if (target.expiresAt !== undefined) event.expiresAt = target.expiresAt;
  }
  return { kind: 'event', event };
}

type GroupCommand =
  | Of<'add'>
  | Of<'remove'>
  | Of<'leave'>
  | Of<'rename'>
  | Of<'set-history'>
  | Of<'describe'>;

function decideOnGroup(state: RoomState, command: GroupCommand, at: number): Decision {
  if (!mayChange(state, command)) return refuse(command, 'forbidden');
  const unchanged: Decision = { kind: 'unchanged', seq: state.seq, at: state.at };
  const changed = (
    kind: 'joined' | 'removed' | 'left' | 'renamed' | 'history-set' | 'described',
    change: Change,
  ): Decision => ({
    kind: 'event',
    event: draftEvent(state, command, at, kind, change),
  });
  switch (command.kind) {
    case 'add': {
      const users = [...new Set(command.users)].filter((user) => !state.members.has(user));
      if (users.length === 0) return unchanged;
      const given = state.members.size + users.length;
      if (given > command.groupMembersMax) {
        return refuse(command, 'room-full', {
          limit: { name: 'groupMembersMax', value: command.groupMembersMax },
          given,
        });
      }
      return changed('joined', { type: 'joined', users });
    }
    case 'remove':
      if (command.user === command.sender) return refuse(command, 'bad-request', { field: 'user' });
      return state.members.has(command.user)
        ? changed('removed', { type: 'removed', user: command.user })
        : unchanged;
    case 'leave':
      return changed('left', { type: 'left' });
    case 'rename':
      return command.name === state.name
        ? unchanged
        : changed('renamed', { type: 'renamed', name: command.name });
    case 'set-history':
      return command.history === state.history
        ? unchanged
        : changed('history-set', { type: 'history-set', history: command.history });
    case 'describe':
      return command.description === (state.facts.description ?? '')
        ? unchanged
        : raised(state, changed('described', { type: 'described', description: command.description }));
    default:
      return unreachable(command);
  }
}

/**
 * Nothing about a direct room can be changed, but the server takes out an account that is deleted. In a group any
 * member adds and leaves; until roles come the rest is the creator's.
 */
function mayChange(state: RoomState, command: GroupCommand): boolean {
  if (state.roomKind === 'direct') return command.kind === 'leave' && !isNamed(command);
  return command.kind === 'add' || command.kind === 'leave' || roomCreator(state) === command.sender;
}
