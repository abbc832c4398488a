/** The facts that only groups have. A part of `room-facts.ts`, which is what everybody else uses. */
import * as z from 'zod';
import type { Event } from './event.ts';
import { type Role, roomRights } from './group-rules.ts';
import { type UserId, userId } from './ids.ts';

export const groupFacts = z.object({
  /** Whose the group is. Absent: who made it, and while they are not in it, the longest-standing member. */
  owner: userId.optional(),
  /** In the order in which they became it. */
  administrators: z.array(userId).optional(),
  /** Where they are not as in a new group. */
  rights: roomRights.optional(),
  /** Seconds that a member waits between two messages. */
  slowMode: z.int().optional(),
});
export type GroupFacts = z.infer<typeof groupFacts>;

/** The facts after one more event of the room: the same object where it changes none of these. */
export function groupFactsAfter<F extends GroupFacts>(
  facts: F,
  { sender, change }: Pick<Event, 'sender' | 'change'>,
): F {
  switch (change?.type) {
    case 'role-set':
      return withRole(facts, sender, change);
    case 'left':
      return withoutPerson(facts, sender, change.owner);
    case 'removed':
      return withoutPerson(facts, change.user, undefined);
    case 'rights-set':
      return { ...facts, rights: { ...facts.rights, ...change.rights } };
    case 'slow-mode-set':
      return withSlowMode(facts, change.seconds);
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

/** A list that came to be empty is absent, as one that never was. */
function withList<F extends GroupFacts, K extends 'administrators'>(
  facts: F,
  key: K,
  list: GroupFacts[K],
): F {
  const { [key]: _former, ...others } = facts;
  return (list === undefined || list.length === 0 ? others : { ...others, [key]: list }) as F;
}
