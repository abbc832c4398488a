import type { MaruClient } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { useMemo } from 'react';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { useLookUp } from '../state/use-person.ts';

/** Somebody who is offered for a conversation. */
export interface KnownPerson {
  readonly user: UserId;
  readonly handle: string | undefined;
  readonly name: string | undefined;
}

/** Contacts, and those with whom the user talks, by name. */
export function useKnownPeople(): readonly KnownPerson[] {
  const client = useClient();
  const contacts = useClientValue((one) => one.contacts);
  const rooms = useClientValue((one) => one.rooms);
  const people = useMemo(() => knownPeople(client, contacts, rooms), [client, contacts, rooms]);
  useLookUp(people.map(({ user }) => user));
  return people;
}

function knownPeople(
  client: MaruClient,
  { contacts }: MaruClient['contacts'],
  rooms: MaruClient['rooms'],
): KnownPerson[] {
  const known = new Map<UserId, KnownPerson>(contacts.map((contact) => [contact.user, contact]));
  for (const { peer, unavailable } of rooms) {
    if (peer === undefined || unavailable || known.has(peer)) continue;
    const { handle, name } = client.person(peer) ?? {};
    known.set(peer, { user: peer, handle, name });
  }
  const shown = ({ name, handle }: KnownPerson) => name ?? handle ?? '';
  return [...known.values()].sort((a, b) => shown(a).localeCompare(shown(b)));
}
