import type { UserId } from '@maru/protocol';
import { isBlockedByOther, sidesOf, stateOf } from '../../core/room/relation.ts';
import type { Inboxes, RelationOf } from '../../ports/inboxes.ts';
import type { Inbox, Place } from './inbox.ts';
import type { RoomEntries } from './room-entry.ts';
import { relationFor } from './seen-by.ts';

const NOBODY: ReadonlySet<UserId> = new Set();
const LISTED = ['contact', 'requested-by-me', 'requested-by-them', 'blocked'];

/** Those who block the user. */
export function blockersOf(inbox: Inbox): ReadonlySet<UserId> {
  if (inbox.severed === undefined) return NOBODY;
  const blockers = new Set<UserId>();
  for (const { in: room, peer } of inbox.places.values()) {
    if (peer !== undefined && isBlockedByOther(room, inbox.user)) blockers.add(peer);
  }
  return blockers;
}

/** A page of the user's contact list (`[REL11]`). Who blocks the user is not on it, as a deleted account is not. */
export async function contactsOf(
  entries: RoomEntries,
  inbox: Inbox,
  { after, limit }: Parameters<Inboxes['contacts']>[1],
  now: number,
): ReturnType<Inboxes['contacts']> {
  const listed = [...inbox.places.values()].flatMap((place) => {
    const { peer } = place;
    return peer !== undefined && (after === undefined || peer > after) && isListed(place)
      ? { peer, place }
      : [];
  });
  listed.sort((a, b) => (a.peer < b.peer ? -1 : 1));
  const page = listed.slice(0, limit);
  const contacts = await Promise.all(page.map(({ peer, place }) => contactOf(entries, place, peer, now)));
  return { contacts: contacts.flatMap((contact) => contact ?? []), more: listed.length > page.length };
}

function isListed({ in: room, inbox }: Place): boolean {
  const sides = sidesOf(room, inbox.user);
  return sides !== undefined && !sides.others.blocks && LISTED.includes(stateOf(sides.mine));
}

async function contactOf(
  entries: RoomEntries,
  place: Place,
  user: UserId,
  now: number,
): Promise<RelationOf | undefined> {
  const { in: room, inbox } = place;
  const mine = sidesOf(room, inbox.user)?.mine;
  const note = mine?.request === undefined ? undefined : await entries.note(place, now);
  const relation = relationFor(place, note);
  if (mine === undefined || relation === undefined) return undefined;
  return { room: room.room, user, relation, since: mine.at };
}
