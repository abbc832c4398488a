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
import { memberEntry, type RoomEntries, type UnreadPart } from './room-entry.ts';
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

/** What the store is asked for. */
interface Asked {
  readonly moment: string;
  readonly whole: Promise<UnreadPart>;
  /** The reader has the entry, but for what names them. */
  readonly isCounted: boolean;
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
      if (cut || former.seesOther !== seesOther(place)) this.#letSee(place);
    }
  }

  /**
   * The entry goes out before the event: else what a stranger writes first would be no request for a moment (`[REL4]`).
   * What the store has to be asked for follows.
   */
  #tell(place: Place, event: RoomEvent): void {
    if (isHidden(place)) return;
    const moment = momentOf(place);
    const { atOnce, whole } = this.#deps.entries.unreadPart(place);
    if (atOnce !== undefined) this.#send(place, event, atOnce);
    if (whole instanceof Promise)
      this.#follow(place, event, { moment, whole, isCounted: atOnce !== undefined }).catch(
        this.#deps.onFault,
      );
  }

  async #follow(place: Place, event: RoomEvent, { moment, whole, isCounted }: Asked): Promise<void> {
    let [at, unread] = [moment, await whole];
    // Head, mark and counts are of one moment.
    while (at !== momentOf(place))
      [at, unread] = [momentOf(place), await this.#deps.entries.unreadPart(place).whole];
    if (!isCounted || unread.unreadMentions !== undefined) this.#send(place, event, unread);
  }

  #send(place: Place, event: RoomEvent, unread: UnreadPart): void {
    const { delivery, memory } = this.#deps;
    const { inbox, in: room } = place;
    if (memory.place(inbox.user, room.room) !== place || isHidden(place)) return;
    // Marks of somebody who is not to be seen any more are not kept; those of others follow by themselves.
    const receipts = seesOther(place) ? {} : { receipts: [] };
    const entry = { ...memberEntry(place, 0, noteOf(event)), ...unread, ...receipts };
    const told = encodeEvent(asTold(event, inbox.user));
    delivery.toUsers([inbox.user], roomFrame(encodeEntry({ entry, events: [told] })));
  }

  /** The reader sees the other from now on, or no more. */
  #letSee(reader: Place): void {
    const { memory, presence, receipts } = this.#deps;
    if (reader.peer === undefined) return;
    if (!seesOther(reader)) presence.hideFrom(reader.peer, reader.inbox);
    const other = memory.place(reader.peer, reader.in.room);
    if (other === undefined || isSevered(reader.in)) return;
    if (seesOther(reader)) receipts.moved(other);
    presence.show(other.inbox);
  }
}

/** What counts in a room hangs on these two. */
function momentOf({ in: { seq }, marks: { read } }: Place): string {
  return `${seq} ${read}`;
}

function seesOther({ in: room, inbox, peer }: Place): boolean {
  return peer !== undefined && isSeenBy(room, peer, inbox);
}
