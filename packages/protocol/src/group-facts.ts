/** The facts that only groups have. A part of `room-facts.ts`, which is what everybody else uses. */
import * as z from 'zod';
import type { Event } from './event.ts';
import { type Role, roomRights } from './group-rules.ts';
import { type LinkId, linkId, seq, type UserId, userId } from './ids.ts';

/** A link that may let people in; expired ones are here until another is made. Its secret is known to few. */
export const openLink = z.object({
  link: linkId,
  /** The event that made it, and who did. */
  seq,
  by: userId,
  /** Milliseconds since the epoch; absent: never. */
  expiresAt: z.int().optional(),
  usesMax: z.int().optional(),
  /** How many have come in by it or have asked to and wait. */
  uses: z.int(),
  approval: z.boolean(),
});
export type OpenLink = z.infer<typeof openLink>;

/** Somebody who asked to join by a link, and is not answered. */
const joinRequest = z.object({ user: userId, link: linkId });
export type JoinRequest = z.infer<typeof joinRequest>;

export const groupFacts = z.object({
  /** Whose the group is. Absent: who made it, and while they are not in it, the longest-standing member. */
  owner: userId.optional(),
  /** In the order in which they became it. */
  administrators: z.array(userId).optional(),
  /** Where they are not as in a new group. */
  rights: roomRights.optional(),
  /** Seconds that a member waits between two messages. */
  slowMode: z.int().optional(),
  /** In the order in which they were made. */
  links: z.array(openLink).optional(),
  /** In the order in which they asked. */
  requests: z.array(joinRequest).optional(),
});
export type GroupFacts = z.infer<typeof groupFacts>;

/** The facts after one more event of the room: the same object where it changes none of these. */
export function groupFactsAfter<F extends GroupFacts>(
  facts: F,
  { seq: at, sender, change }: Pick<Event, 'seq' | 'sender' | 'change'>,
): F {
  switch (change?.type) {
    case 'role-set':
      return withRole(facts, sender, change);
    case 'left':
      return withoutPerson(facts, sender, change.owner);
    case 'removed':
      return withoutLinksOf(withoutPerson(facts, change.user, undefined), change.user);
    case 'rights-set':
      return { ...facts, rights: { ...facts.rights, ...change.rights } };
    case 'slow-mode-set':
      return withSlowMode(facts, change.seconds);
    case 'link-made': {
      const { type: _type, over = [], ...made } = change;
      const links = facts.links?.filter(({ link }) => !over.includes(link)) ?? [];
      return { ...facts, links: [...links, { ...made, seq: at, by: sender, uses: 0 }] };
    }
    case 'link-revoked':
      return withList(
        facts,
        'links',
        facts.links?.filter(({ link }) => link !== change.link),
      );
    case 'join-requested': {
      const requests = [...(facts.requests ?? []), { user: sender, link: change.link }];
      return { ...withUses(facts, change.link, 1), requests };
    }
    case 'join-refused':
      return withoutRequest(facts, change.user, undefined);
    case 'joined':
      return withJoined(facts, change.users, change.link);
    default:
      return facts;
  }
}

/** Only the owner hands over, so that the sender is who was it. */
function withRole<F extends GroupFacts>(
  facts: F,
  sender: UserId,
  { user, role }: { readonly user: UserId; readonly role: Role },
): F {
  const others = facts.administrators?.filter((one) => one !== user) ?? [];
  switch (role) {
    case 'owner':
      return { ...facts, owner: user, administrators: [...others, sender] };
    case 'administrator':
      return { ...facts, administrators: [...others, user] };
    case 'member':
      return withList(facts, 'administrators', others);
  }
}

/** Somebody went out; `owner` is whose the group is now, where it was theirs. */
function withoutPerson<F extends GroupFacts>(facts: F, gone: UserId, owner: UserId | undefined): F {
  const { administrators } = facts;
  const left = administrators?.filter((one) => one !== gone && one !== owner);
  const next = left?.length === administrators?.length ? facts : withList(facts, 'administrators', left);
  return owner === undefined ? next : { ...next, owner };
}

function withSlowMode<F extends GroupFacts>(facts: F, seconds: number): F {
  const { slowMode: _former, ...others } = facts;
  return (seconds === 0 ? others : { ...others, slowMode: seconds }) as F;
}

/** People came in. Who had asked by that link took their use of it then. */
function withJoined<F extends GroupFacts>(facts: F, users: readonly UserId[], by: LinkId | undefined): F {
  if (facts.requests === undefined && by === undefined) return facts;
  let next = facts;
  for (const user of users) {
    const asked = next.requests?.find((request) => request.user === user);
    if (asked !== undefined) next = withoutRequest(next, user, by);
    if (by !== undefined && asked?.link !== by) next = withUses(next, by, 1);
  }
  return next;
}

/** The request is answered. Unless they came in by its link, its use is free again. */
function withoutRequest<F extends GroupFacts>(facts: F, user: UserId, by: LinkId | undefined): F {
  const request = facts.requests?.find((one) => one.user === user);
  if (request === undefined) return facts;
  const next = withList(
    facts,
    'requests',
    facts.requests?.filter((one) => one !== request),
  );
  return request.link === by ? next : withUses(next, request.link, -1);
}

function withUses<F extends GroupFacts>(facts: F, link: LinkId, more: number): F {
  if (facts.links === undefined) return facts;
  const links = facts.links.map((one) => (one.link === link ? { ...one, uses: one.uses + more } : one));
  return { ...facts, links };
}

/** Who is removed leaves no way in for others behind. */
function withoutLinksOf<F extends GroupFacts>(facts: F, user: UserId): F {
  if (facts.links?.some(({ by }) => by === user) !== true) return facts;
  return withList(
    facts,
    'links',
    facts.links.filter(({ by }) => by !== user),
  );
}

/** A list that came to be empty is absent, as one that never was. */
function withList<F extends GroupFacts, K extends 'administrators' | 'links' | 'requests'>(
  facts: F,
  key: K,
  list: GroupFacts[K],
): F {
  const { [key]: _former, ...others } = facts;
  return (list === undefined || list.length === 0 ? others : { ...others, [key]: list }) as F;
}
