/**
 * Who may do what in a room: pure functions of its facts, the same on both sides, so that a device offers what the
 * server would take.
 */
import type { RoomKind } from './event.ts';
import type { RightLevel, Role, RoomRight } from './group-rules.ts';
import type { UserId } from './ids.ts';
import { MENTION_ALL_MEMBERS_MAX } from './limits.ts';
import type { RoomFacts } from './room-facts.ts';

/** What a person may do in a group: rights that it sets, and what always belongs to a role. */
export type Power = RoomRight | 'remove' | 'set-slow-mode' | 'set-timer' | 'set-rights' | 'set-role';

/** Who may do what where the group has not set it. The powers that are no rights are never set. */
const LEVELS: Readonly<Record<Power, RightLevel>> = {
  send: 'everyone',
  add: 'everyone',
  pin: 'everyone',
  rename: 'administrators',
  describe: 'administrators',
  history: 'administrators',
  // In a big group: in a small one everyone, see `isForAll`.
  'mention-all': 'administrators',
  remove: 'administrators',
  'set-slow-mode': 'administrators',
  'set-timer': 'administrators',
  'set-rights': 'owner',
  'set-role': 'owner',
};

const POWERS = Object.keys(LEVELS) as Power[];

type Members = ReadonlyMap<UserId, { readonly joined?: number | undefined }>;

/** What roles follow from. Without `members` the maker of a group is taken to be in it. */
export interface RoomOfRoles {
  readonly roomKind: RoomKind;
  readonly facts: RoomFacts;
  readonly creator: UserId | undefined;
  readonly members?: Members | undefined;
  /** How many there are; without it `members` are counted. */
  readonly memberCount?: number | undefined;
}

/**
 * Whose a group is: as its facts say; where they say nothing, who made it, for as long as they are in it (again), and
 * while they are not, the longest-standing member. `undefined` for an empty group.
 */
export function ownerOf({ facts, creator, members }: RoomOfRoles): UserId | undefined {
  if (facts.owner !== undefined) return facts.owner;
  if (members === undefined || (creator !== undefined && members.has(creator))) return creator;
  return longestStanding(members);
}

/** Who has the group when its owner goes: the longest-standing administrator, else member. */
export function heirOf(room: RoomOfRoles & { readonly members: Members }): UserId | undefined {
  const owner = ownerOf(room);
  const administrators = new Set(room.facts.administrators);
  const isHeir = (user: UserId) => user !== owner && administrators.has(user);
  return longestStanding(room.members, isHeir) ?? longestStanding(room.members, (user) => user !== owner);
}

/** In a direct room, and for who is in no role, `member`. */
export function roleOf(room: RoomOfRoles, user: UserId): Role {
  if (room.roomKind === 'direct') return 'member';
  if (ownerOf(room) === user) return 'owner';
  return room.facts.administrators?.includes(user) === true ? 'administrator' : 'member';
}

/** From whom on up a group lets people do something. */
export function levelOf(facts: RoomFacts, power: Power): RightLevel {
  return (facts.rights as Partial<Record<Power, RightLevel>> | undefined)?.[power] ?? LEVELS[power];
}

/**
 * Whether a member may do something. In a direct room both write, name each other, pin and set the timer, and nothing else
 * can be done. Whom somebody may remove, see {@link mayRemove}.
 */
export function mayDo(room: RoomOfRoles, user: UserId, power: Power): boolean {
  if (room.roomKind === 'direct') {
    return power === 'send' || power === 'mention-all' || power === 'pin' || power === 'set-timer';
  }
  if (power === 'mention-all' && isForAll(room)) return true;
  switch (levelOf(room.facts, power)) {
    case 'everyone':
      return true;
    case 'administrators':
      return roleOf(room, user) !== 'member';
    case 'owner':
      return ownerOf(room) === user;
  }
}

/** Whether everybody there may call everybody because the group is small and has not set who may. */
function isForAll({ facts, memberCount, members }: RoomOfRoles): boolean {
  if (facts.rights?.['mention-all'] !== undefined) return false;
  return (memberCount ?? members?.size ?? 0) <= MENTION_ALL_MEMBERS_MAX;
}

/** All that a member may do; `undefined` is somebody who is none, and may do nothing. */
export function powersOf(room: RoomOfRoles, user: UserId | undefined): Readonly<Record<Power, boolean>> {
  const may = (power: Power) => user !== undefined && mayDo(room, user, power);
  return Object.fromEntries(POWERS.map((power) => [power, may(power)])) as Record<Power, boolean>;
}

/** The owner removes anyone else, administrators only who has no role. */
export function mayRemove(room: RoomOfRoles, user: UserId, whom: UserId): boolean {
  if (user === whom || !mayDo(room, user, 'remove')) return false;
  return ownerOf(room) === user || roleOf(room, whom) === 'member';
}

/** Of several who came in by the same event the one with the smallest id, which is the oldest account. */
function longestStanding(
  members: Members,
  counts: (user: UserId) => boolean = () => true,
): UserId | undefined {
  let longest: UserId | undefined;
  let since = Number.POSITIVE_INFINITY;
  for (const [user, { joined = Number.POSITIVE_INFINITY }] of members) {
    if (!counts(user) || joined > since || (joined === since && longest !== undefined && user > longest))
      continue;
    longest = user;
    since = joined;
  }
  return longest;
}
