/** What is otherwise in a channel than in a group: who comes in and goes is no event there. */
import { limits, linkIdOf, roleOf } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { decideLeave } from './decide-roles.ts';
import { draftEvent } from './draft-event.ts';
import type { ReaderChange } from './event.ts';
import { isRemovedSince } from './is-removed-since.ts';
import { isNamed, refuse, refuseRemoved, refuseRulesUnknown, refuseUnrecorded } from './refuse.ts';
import { type RoomState, RULES_VERSION } from './state.ts';
import { unchanged } from './unchanged.ts';

type Of<K extends RoomCommand['kind']> = RoomCommand & { kind: K };

/**
 * Somebody comes into a channel: into a public one who wants to, else by a link. Who was removed comes back by a link alone
 * that was made after that. A channel that nobody may enter like this is as if it were not there (`[PRIV1]`).
 */
export function decideJoinChannel(state: RoomState, command: Of<'join'>): Decision {
  const at = Math.max(state.at, command.now);
  const { secret, sender, removedAt } = command;
  const shut = refuseUnrecorded(secret === undefined ? 'not-found' : 'link-invalid');
  const id = secret && linkIdOf(secret);
  const link = state.facts.links?.find((one) => one.link === id);
  if (state.memberCount === 0 || (secret === undefined ? !state.facts.public : link === undefined))
    return shut;
  if (state.rulesVersion > RULES_VERSION) return refuseRulesUnknown();
  if (removedAt === undefined) return { kind: 'lookup', of: 'removal' };
  if (removedAt !== null && link === undefined) return shut;
  if (removedAt !== null && link !== undefined && isRemovedSince(state, removedAt, link.seq))
    return refuseRemoved();
  if (link?.expiresAt !== undefined && link.expiresAt <= at) return shut;
  const { channelMembersMax: value = limits.CHANNEL_MEMBERS_MAX } = command;
  const given = state.memberCount + 1;
  if (given > value)
    return refuseUnrecorded('room-full', { limit: { name: 'channelMembersMax', value }, given });
  return reader(state, command, sender, 'joined');
}

/**
 * A reader goes without a word to the others. Of who has a role they hear, for it changes whose the channel is; and an
 * owner with nobody to follow them hands it over first, for a channel is not to be the next reader's by chance.
 */
export function decideLeaveChannel(state: RoomState, command: Of<'leave'>, at: number): Decision {
  const { sender } = command;
  if (roleOf(state, sender) === 'member') return reader(state, command, sender, 'left');
  const isLast = roleOf(state, sender) === 'owner' && state.facts.administrators === undefined;
  if (isLast && state.memberCount > 1 && isNamed(command)) {
    const refused = refuse(command, 'forbidden', { field: 'set-role' });
    const message = 'Make somebody its owner or an administrator before you leave your channel.';
    return { ...refused, error: { ...refused.error, message } };
  }
  return decideLeave(state, command, at);
}

/** Somebody who may remove the person does so. */
export function decideRemoveReader(state: RoomState, command: Of<'remove'>, at: number): Decision {
  const { user, reading } = command;
  if (reading?.user !== true) return unchanged(state);
  if (roleOf(state, user) === 'member') return reader(state, command, user, 'removed');
  return { kind: 'event', event: draftEvent(state, command, at, 'removed', { type: 'removed', user }) };
}

function reader(
  { seq, ordinal, at }: RoomState,
  { sender, device, clientMessageId, now }: RoomCommand,
  user: ReaderChange['user'],
  how: ReaderChange['how'],
): Decision {
  return {
    kind: 'reader',
    reader: {
      ...{ user, how, sender, seq, ordinal, at: Math.max(at, now) },
      ...(device !== undefined && { device }),
      ...(clientMessageId !== undefined && { clientMessageId }),
    },
  };
}
