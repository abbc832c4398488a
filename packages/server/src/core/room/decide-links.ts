/** Links that let people into a group. The room decides who comes in by them, so that uses and places are exact. */
import type { OpenLink } from '@maru/protocol';
import { limits, linkIdOf, mayDo, roleOf } from '@maru/protocol';
import { asksToJoin } from './asks-to-join.ts';
import type { Decision, MemberLimits, RoomCommand } from './command.ts';
import { decideJoinChannel } from './decide-channel.ts';
import { draftEvent } from './draft-event.ts';
import { isRemovedSince } from './is-removed-since.ts';
import { raised } from './raised.ts';
import { refuse, refusePower, refuseRemoved, refuseRulesUnknown, refuseUnrecorded } from './refuse.ts';
import { FACTS_RULES_VERSION, type RoomState, RULES_VERSION } from './state.ts';
import { unchanged } from './unchanged.ts';

type Of<K extends RoomCommand['kind']> = RoomCommand & { kind: K };

/** Who may add people may make links that do. */
export function decideMakeLink(state: RoomState, command: Of<'make-link'>, at: number): Decision {
  const { sender, secret, expiresAt, usesMax, approval } = command;
  if (!mayDo(state, sender, 'add')) return refusePower(state, command, 'add');
  // Each use of a link is told to everybody in the room, and of a channel's readers nobody is.
  if (state.roomKind === 'channel' && (usesMax !== undefined || approval))
    return refuse(command, 'bad-request', { field: approval ? 'approval' : 'usesMax' });
  const link = linkIdOf(secret);
  const links = state.facts.links ?? [];
  // Nor again while somebody waits by it: their use would be given back to the wrong one.
  const known = [...links, ...(state.facts.requests ?? [])].some((one) => one.link === link);
  if (known) return refuse(command, 'bad-request', { field: 'secret' });
  if (expiresAt !== undefined && expiresAt <= at)
    return refuse(command, 'bad-request', { field: 'expiresAt' });
  const over = links.filter((one) => isOver(one, state, at)).map((one) => one.link);
  const given = links.length - over.length + 1;
  if (given > limits.ROOM_LINKS_MAX) {
    const limit = { name: 'ROOM_LINKS_MAX', value: limits.ROOM_LINKS_MAX };
    return refuse(command, 'too-many', { limit, given });
  }
  const event = draftEvent(state, command, at, 'link-made', {
    type: 'link-made',
    link,
    approval,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(usesMax !== undefined && { usesMax }),
    ...(over.length > 0 && { over }),
  });
  event.secret = secret;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/** Whoever made a link revokes it, and so do administrators. */
export function decideRevokeLink(state: RoomState, command: Of<'revoke-link'>, at: number): Decision {
  const { sender } = command;
  const link = state.facts.links?.find((one) => one.link === command.link);
  if (link?.by !== sender && roleOf(state, sender) === 'member')
    return refuse(command, 'forbidden', { field: 'link' });
  if (link === undefined) return unchanged(state);
  const event = draftEvent(state, command, at, 'link-revoked', { type: 'link-revoked', link: link.link });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/**
 * Somebody who is not in the room comes with a secret. Whatever is wrong with it looks alike, and as if there were no
 * room. Who was removed does not come back by a link from before: somebody in the room has to want it.
 */
export function decideJoin(state: RoomState | undefined, command: Of<'join'>): Decision {
  const { secret, removedAt } = command;
  if (state?.roomKind === 'channel') return decideJoinChannel(state, command);
  if (secret === undefined) return refuseUnrecorded('not-found');
  if (state === undefined) return refuseUnrecorded('link-invalid');
  const at = Math.max(state.at, command.now);
  const id = linkIdOf(secret);
  const link = state.facts.links?.find((one) => one.link === id);
  if (link === undefined || state.memberCount === 0) return refuseUnrecorded('link-invalid');
  if (state.rulesVersion > RULES_VERSION) return refuseRulesUnknown();
  if (removedAt === undefined) return { kind: 'lookup', of: 'removal' };
  if (removedAt !== null && isRemovedSince(state, removedAt, link.seq)) return refuseRemoved();
  // Who waits by one link comes in by another that asks nobody.
  if (link.approval && asksToJoin(state, command.sender)) return unchanged(state);
  if (isOver(link, undefined, at)) return refuseUnrecorded('link-invalid');
  const full = link.approval ? requestsFull(state) : groupFull(state, command);
  if (full !== undefined) return refuseUnrecorded(...full);
  const event = link.approval
    ? draftEvent(state, command, at, 'join-requested', { type: 'join-requested', link: id })
    : draftEvent(state, command, at, 'joined', { type: 'joined', users: [command.sender], link: id });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

export function decideAnswerJoin(state: RoomState, command: Of<'answer-join'>, at: number): Decision {
  const { sender, user, accept } = command;
  if (!mayDo(state, sender, 'add')) return refusePower(state, command, 'add');
  if (accept && state.members.has(user)) return unchanged(state);
  const request = state.facts.requests?.find((one) => one.user === user);
  if (request === undefined) return refuse(command, 'not-found', { field: 'user' });
  const full = accept ? groupFull(state, command) : undefined;
  if (full !== undefined) return refuse(command, ...full);
  const event = accept
    ? draftEvent(state, command, at, 'joined', { type: 'joined', users: [user], link: request.link })
    : draftEvent(state, command, at, 'join-refused', { type: 'join-refused', user });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/**
 * Nobody is left who could be let in: the account was deleted. It is told as an answer of their own to what they asked, which
 * every program that knows requests understands.
 */
export function decideWithdraw(state: RoomState, command: Of<'leave'>): Decision {
  const { sender: user, now } = command;
  if (!asksToJoin(state, user)) return refuseUnrecorded('not-found');
  if (state.rulesVersion > RULES_VERSION) return refuseRulesUnknown();
  const at = Math.max(state.at, now);
  const event = draftEvent(state, command, at, 'join-refused', { type: 'join-refused', user });
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}

/** Whether a link lets nobody in any more; with a room, and no use of it can become free again. */
function isOver(
  { link, expiresAt, usesMax, uses }: OpenLink,
  state: RoomState | undefined,
  at: number,
): boolean {
  if (expiresAt !== undefined && expiresAt <= at) return true;
  if (usesMax === undefined || uses < usesMax) return false;
  return state?.facts.requests?.some((request) => request.link === link) !== true;
}

type Full = Parameters<typeof refuseUnrecorded>;

function groupFull(state: RoomState, { groupMembersMax: value }: MemberLimits): Full | undefined {
  const given = state.memberCount + 1;
  return given > value ? ['room-full', { limit: { name: 'groupMembersMax', value }, given }] : undefined;
}

function requestsFull({ facts }: RoomState): Full | undefined {
  const given = (facts.requests?.length ?? 0) + 1;
  const limit = { name: 'JOIN_REQUESTS_MAX', value: limits.JOIN_REQUESTS_MAX };
  return given > limit.value ? ['too-many', { limit, given }] : undefined;
}
