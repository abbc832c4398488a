import type { Person, RoomSummary } from '@maru/client';
import type { Translate } from './translator.ts';

/** What a conversation is called: its group's or channel's name, or who is at the other end. */
export function roomTitle({ roomKind, name }: RoomSummary, peer: Person | undefined, t: Translate): string {
  if (roomKind !== 'direct') return name ?? t('room.unnamed');
  return personName(peer, t);
}

export function personName(person: Pick<Person, 'name' | 'handle'> | undefined, t: Translate): string {
  return person?.name || person?.handle || t('person.unknown');
}
