import { type Change, expiryOf, mayDo, mayRemove, type Power } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import type { Decision, RoomCommand } from './command.ts';
import { decideLeaveChannel, decideRemoveReader } from './decide-channel.ts';
import { decideCreateAgain } from './decide-create.ts';
import { decideExpire } from './decide-expire.ts';
import { decideAnswerJoin, decideMakeLink, decideRevokeLink } from './decide-links.ts';
import { withMentions } from './decide-mentions.ts';
import { decidePin } from './decide-pin.ts';
import { decideReaction } from './decide-reaction.ts';
import { decideRelate } from './decide-relate.ts';
import { decideLeave, decideSetRights, decideSetRole } from './decide-roles.ts';
import { decideTimer } from './decide-timer.ts';
import { draftEvent } from './draft-event.ts';
import { silenced } from './may-write.ts';
import { raised } from './raised.ts';
import { isNamed, refuse, refusePower } from './refuse.ts';
import { sidesOf } from './relation.ts';
import { decideSetSlowMode, refuseSlowMode } from './slow-mode.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';
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
    case 'react':
      return decideReaction(state, command, at);
    case 'pin':
      return decidePin(state, command, at);
    case 'create':
      return decideCreateAgain(state, command, at);
    case 'add':
    case 'remove':
    case 'leave':
    case 'rename':
    case 'set-history':
    case 'describe':
      return decideOnGroup(state, command, at);
    case 'set-timer':
      return decideTimer(state, command, at);
    case 'schedule':
      return decideSchedule(state, command);
    case 'expire':
      return decideExpire(state, command, at);
    case 'relate':
      return decideRelate(state, command, at);
    case 'set-role':
      return decideSetRole(state, command, at);
    case 'set-rights':
      return decideSetRights(state, command, at);
    case 'set-slow-mode':
      return decideSetSlowMode(state, command, at);
    case 'make-link':
      return decideMakeLink(state, command, at);
    case 'revoke-link':
      return decideRevokeLink(state, command, at);
    case 'answer-join':
      return decideAnswerJoin(state, command, at);
    case 'join':
      return unchanged(state);
    default:
      return unreachable(command);
  }
}

/** Nothing happens; what can be known to fail fails now. The rules are asked again when it is sent (`[LATER4]`). */
function decideSchedule(state: RoomState, command: Of<'schedule'>): Decision {
  const kept = silenced(state, command, sidesOf(state, command.sender));
  if (kept !== undefined) return kept;
  if (!mayDo(state, command.sender, 'send')) return refusePower(state, command, 'send');
  return refuseReply(state, command) ?? unchanged(state);
}

function decideSend(state: RoomState, command: Of<'send'>, at: number): Decision {
  const sides = sidesOf(state, command.sender);
  const kept = silenced(state, command, sides);
  if (kept !== undefined) return kept;
  if (!mayDo(state, command.sender, 'send')) return refusePower(state, command, 'send');
  const tooSoon = refuseSlowMode(state, command, at);
  if (tooSoon !== undefined) return tooSoon;
  const noReply = refuseReply(state, command);
  if (noReply !== undefined) return noReply;
  const { replyTo } = command;
  const event = draftEvent(state, command, at, 'message', sides && writing(sides));
  event.content = command.content;
  if (replyTo !== undefined) event.replyTo = replyTo;
  const expiry = expiryOf(state.facts, command.expiresAfter, at);
  if (expiry !== undefined) Object.assign(event, expiry);
  if (command.sentAt !== undefined) event.sentAt = command.sentAt;
  return withMentions(state, command, event);
}

/** What is answered was there (`[TALK7]`). */
function refuseReply({ seq }: RoomState, command: Of<'send'> | Of<'schedule'>): Decision | undefined {
  const { replyTo } = command;
  return replyTo !== undefined && replyTo > seq
    ? refuse(command, 'not-found', { field: 'replyTo' })
    : undefined;
}

/** Only who wrote a message changes or deletes it, and once it is deleted nobody does. */
function decideOnTarget(state: RoomState, command: Of<'edit'> | Of<'delete'>, at: number): Decision {
  const { refersTo, target } = command;
  // To write something else into an old message is to write.
  if (command.kind === 'edit' && !mayDo(state, command.sender, 'send'))
    return refusePower(state, command, 'send');
  if (refersTo > state.seq || target === null) return refuse(command, 'not-found', { field: 'refersTo' });
  if (target === undefined) return { kind: 'lookup', of: 'target' };
  if (target.kind !== 'message' || target.sender !== command.sender) return refuse(command, 'forbidden');
  if (target.deleted) return refuse(command, 'already-deleted');
  // What was said may be taken back, but nothing new said.
  if (command.kind === 'edit') {
    const kept = silenced(state, command, sidesOf(state, command.sender));
    if (kept !== undefined) return kept;
  }
  const event = draftEvent(state, command, at, command.kind === 'edit' ? 'edit' : 'deletion');
  event.refersTo = refersTo;
  if (command.kind === 'edit') {
    if (target.expiresAt !== undefined && target.expiresAt <= at) {
      return refuse(command, 'not-found', { field: 'refersTo' });
    }
    event.content = command.content;
    // What an expiring message came to say expires with it.
    if (target.expiresAt !== undefined) event.expiresAt = target.expiresAt;
    return withMentions(state, command, event);
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
  const refused = refuseChange(state, command);
  if (refused !== undefined) return refused;
  const changed = (
    kind: 'joined' | 'removed' | 'renamed' | 'history-set' | 'described',
    change: Change,
  ): Decision => ({
    kind: 'event',
    event: draftEvent(state, command, at, kind, change),
  });
  switch (command.kind) {
    case 'add': {
      const users = [...new Set(command.users)].filter((user) => !state.members.has(user));
      if (users.length === 0) return unchanged(state);
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
      if (state.roomKind === 'channel') return decideRemoveReader(state, command, at);
      return state.members.has(command.user)
        ? changed('removed', { type: 'removed', user: command.user })
        : unchanged(state);
    case 'leave':
      if (state.roomKind === 'channel') return decideLeaveChannel(state, command, at);
      return decideLeave(state, command, at);
    case 'rename':
      return command.name === state.name
        ? unchanged(state)
        : changed('renamed', { type: 'renamed', name: command.name });
    case 'set-history':
      return command.history === state.history
        ? unchanged(state)
        : changed('history-set', { type: 'history-set', history: command.history });
    case 'describe':
      return command.description === (state.facts.description ?? '')
        ? unchanged(state)
        : raised(
            state,
            FACTS_RULES_VERSION,
            changed('described', { type: 'described', description: command.description }),
          );
    default:
      return unreachable(command);
  }
}

/**
 * Nothing about a direct room can be changed, but the server takes out an account that is deleted. In a group anybody
 * leaves, and the rest goes by roles and rights. `undefined`: it may be done.
 */
function refuseChange(state: RoomState, command: GroupCommand): Decision | undefined {
  const { kind, sender } = command;
  if (kind === 'leave') {
    return state.roomKind !== 'direct' || !isNamed(command) ? undefined : refuse(command, 'forbidden');
  }
  const power = POWER_OF[kind];
  // Nobody is brought into a channel, and everybody there reads all of it.
  if (state.roomKind === 'channel' && (kind === 'add' || kind === 'set-history'))
    return refuse(command, 'forbidden', { field: power });
  if (!mayDo(state, sender, power)) return refusePower(state, command, power);
  if (kind !== 'remove' || command.user === sender || mayRemove(state, sender, command.user))
    return undefined;
  return refuse(command, 'forbidden', { field: 'user' });
}

const POWER_OF: Readonly<Record<Exclude<GroupCommand['kind'], 'leave'>, Power>> = {
  add: 'add',
  remove: 'remove',
  rename: 'rename',
  'set-history': 'history',
  describe: 'describe',
};
