import type { MaruClient, Person, RoomSummary } from '@maru/client';
import { isFoundBy, searchQuery } from '@maru/protocol';
import { personName, roomTitle } from '../i18n/room-title.ts';
import type { Translate } from '../i18n/translator.ts';
import type { Hit } from './search-index.ts';

/** What a search has found, one after the other. */
export type Result =
  | { readonly kind: 'room'; readonly key: string; readonly summary: RoomSummary; readonly title: string }
  | { readonly kind: 'person'; readonly key: string; readonly person: Person; readonly name: string }
  | { readonly kind: 'message'; readonly key: string; readonly hit: Hit };

const ROOMS_MAX = 8;
const PEOPLE_MAX = 6;

/** Conversations and people whose names a query finds; of an empty one the newest conversations. */
export function placesFound(client: MaruClient, text: string, t: Translate): Result[] {
  const query = searchQuery(text);
  const isEmpty = text.trim() === '';
  const found = (said: string) => isEmpty || isFoundBy(said, query);
  const shown = new Set<string>();
  const rooms = client.rooms.flatMap((summary): Result[] => {
    const peer = summary.peer === undefined ? undefined : client.person(summary.peer);
    const title = roomTitle(summary, peer, t);
    if (!found(`${title} ${peer?.handle ?? ''}`)) return [];
    if (summary.peer !== undefined) shown.add(summary.peer);
    return [{ kind: 'room', key: summary.room, summary, title }];
  });
  const people = isEmpty
    ? []
    : client.people.flatMap((person): Result[] => {
        const name = personName(person, t);
        const isOther = person.user !== client.user && !shown.has(person.user) && person.handle !== undefined;
        if (!isOther || !found(`${name} ${person.handle}`)) return [];
        return [{ kind: 'person', key: person.user, person, name }];
      });
  return [...rooms.slice(0, ROOMS_MAX), ...people.slice(0, PEOPLE_MAX)];
}
