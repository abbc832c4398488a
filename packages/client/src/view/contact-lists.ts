import type { AnyContent, RoomId, UserId } from '@maru/protocol';
import type { Person } from '../people/person.ts';
import type { RoomSummary } from './view.ts';

/** Somebody on the user's list, with handle, name, status and avatar where they are known. */
export interface ContactSummary extends Pick<Person, 'user'> {
  readonly handle: string | undefined;
  readonly name: string | undefined;
  /** What they say of themselves; empty is nothing. */
  readonly status: string;
  /** The name of their picture, for `client.avatar`; absent where they have none, and of strangers (`[REL4]`). */
  readonly avatar: string | undefined;
  /** The direct room of the two. */
  readonly room: RoomId;
  /** What a request that stands says. */
  readonly note: AnyContent | undefined;
  /** Whether something of it is on its way to the server. */
  readonly pending: boolean;
}

/** Whom the user has to do with, each list by name. */
export interface ContactLists {
  readonly contacts: readonly ContactSummary[];
  /** Requests of others. */
  readonly incoming: readonly ContactSummary[];
  /** The user's own requests. */
  readonly outgoing: readonly ContactSummary[];
  readonly blocked: readonly ContactSummary[];
}

/** @param person somebody, where they are known */
export function contactLists(
  rooms: readonly RoomSummary[],
  person: (user: UserId) => Pick<Person, 'handle' | 'name' | 'status' | 'avatar'> | undefined,
): ContactLists {
  const listed: Lists = { contacts: [], incoming: [], outgoing: [], blocked: [] };
  for (const { room, peer, relation, loadsRemote } of rooms) {
    const list = relation && LISTS[relation.state];
    if (list === undefined || peer === undefined) continue;
    const { handle, name, status = '', avatar } = person(peer) ?? {};
    listed[list].push({
      user: peer,
      handle,
      name,
      status,
      avatar: loadsRemote ? avatar : undefined,
      room,
      note: relation?.note,
      pending: relation?.pending === true,
    });
  }
  for (const list of Object.values(listed)) list.sort(byName);
  return listed;
}

type Lists = { [K in keyof ContactLists]: ContactSummary[] };
const LISTS: { readonly [state: string]: keyof ContactLists } = {
  contact: 'contacts',
  'requested-by-them': 'incoming',
  'requested-by-me': 'outgoing',
  blocked: 'blocked',
};

function byName(a: ContactSummary, b: ContactSummary): number {
  const [left, right] = [a.name ?? a.handle ?? '', b.name ?? b.handle ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return a.user < b.user ? -1 : 1;
}
