import type { RoomId } from '@maru/protocol';
import { asTold } from '../../core/room/as-told.ts';
import type { RoomEvent } from '../../core/room/event.ts';
import { isSevered } from '../../core/room/relation.ts';
import type { Delivery } from '../../ports/delivery.ts';
import { encodeEntry, roomFrame } from '../edge/encode-entry.ts';
import { encodeEvent } from '../room-worker/encode-event.ts';
import type { InboxRoom, Place } from './inbox.ts';
import type { InboxMemory } from './inbox-memory.ts';
import type { PresenceBoard } from './presence-board.ts';
import type { Receipts } from './receipts.ts';
import { memberEntry, type RoomEntries } from './room-entry.ts';
import { isHidden, isSeenBy, noteOf, noteSevered, toldOf } from './seen-by.ts';

export interface RelationChangesDeps {
  readonly memory: InboxMemory;
  readonly delivery: Delivery;
  readonly entries: RoomEntries;
  readonly receipts: Receipts;
  readonly presence: PresenceBoard;
  readonly onFault: (error: unknown) => void;
}

/** What a direct room's people were told before an event, and who of them saw the other. */
interface Before {
  readonly severed: boolean;
  readonly people: ReadonlyMap<Place, { readonly told: string; readonly seesOther: boolean }>;
}

/** Brings changes of relations to those whom they are told, and lets what is soft follow (`[REL10]`, `[REL4]`, `[REL8]`). */
export class RelationChanges {
  readonly #deps: RelationChangesDeps;

  constructor(deps: RelationChangesDeps) {
    this.#deps = deps;
  }

  /** As things stand before an event takes effect; `undefined` if nobody in memory is in the room. */
  before(id: RoomId): Before | undefined {
    const room = this.#deps.memory.room(id);
    if (room === undefined) return undefined;
    const people = room.people.map((place) => {
      return [place, { told: toldOf(room, place.inbox.user), seesOther: seesOther(place) }] as const;
    });
    return { severed: isSevered(room), people: new Map(people) };
  }

  /** In the pass after the commit. */
  committed(room: InboxRoom, before: Before, event: RoomEvent): void {
    for (const place of room.people) noteSevered(place);
    const cut = isSevered(room) !== before.severed;
    for (const place of room.people) {
      const former = before.people.get(place);
      if (former === undefined) continue;
      if (former.told !== toldOf(room, place.inbox.user)) this.#tell(place, event);
      // In groups a block is all that counts, and its end.
      if (cut || former.seesOther !== seesOther(place)) this.#follow(place);
    }
  }

  #tell(place: Place, event: RoomEvent): void {
    if (isHidden(place)) return;
    const { delivery, entries, memory, onFault } = this.#deps;
    const { inbox, in: room } = place;
    const told = encodeEvent(asTold(event, inbox.user));
    const tell = (unreadCount: number) => {
      if (memory.place(inbox.user, room.room) !== place || isHidden(place)) return;
      const entry = memberEntry(place, unreadCount, noteOf(event));
      // Marks of somebody who is not to be seen any more are not kept; those of others follow by themselves.
      const receipts = seesOther(place) ? {} : { receipts: [] };
      delivery.toUsers(
        [inbox.user],
        roomFrame(encodeEntry({ entry: { ...entry, ...receipts }, events: [told] })),
      );
    };
    const unreadCount = entries.unread(place);
    if (typeof unreadCount === 'number') tell(unreadCount);
    else unreadCount.then(tell, onFault);
  }

  /** The reader sees the other from now on, or no more. */
  #follow(reader: Place): void {
    const { memory, presence, receipts } = this.#deps;
    if (reader.peer === undefined) return;
    if (!seesOther(reader)) presence.hideFrom(reader.peer, reader.inbox);
    const other = memory.place(reader.peer, reader.in.room);
    if (other === undefined || isSevered(reader.in)) return;
    if (seesOther(reader)) receipts.moved(other);
    presence.show(other.inbox);
  }
}

function seesOther({ in: room, inbox, peer }: Place): boolean {
  return peer !== undefined && isSeenBy(room, peer, inbox);
}
