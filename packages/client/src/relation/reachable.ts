import type { RoomId } from '@maru/protocol';
import type { Room, Rooms } from '../room/rooms.ts';
import { canTalk } from '../room/with-entry.ts';
import type { Journal } from '../store/journal.ts';

export interface ReachableDeps {
  readonly rooms: Rooms;
  readonly journal: Journal;
  readonly needsSync: () => void;
}

/** In which direct rooms somebody is there to be written to (`[REL15]`). */
export class Reachable {
  readonly #deps: ReachableDeps;

  constructor(deps: ReachableDeps) {
    this.#deps = deps;
  }

  /** @param isRefused whether the room could not be made: that says nothing once somebody else has made it */
  isUnavailable(room: RoomId, isRefused: boolean): boolean {
    const known = this.#deps.rooms.get(room);
    return known === undefined ? isRefused : known.record.unavailable !== undefined;
  }

  /** The server said of a direct room that nobody is there. */
  unavailable(id: RoomId): void {
    const room = this.#deps.rooms.get(id);
    if (room === undefined) return;
    this.#set(room, room.record.head.seq);
    // It may be the answer of an earlier time, repeated (`[ONCE5]`): what holds now the room's entry says.
    this.#deps.needsSync();
  }

  /** In step with the server: whoever is there by the room's entry may be written to. */
  availableAgain(): void {
    for (const room of this.#deps.rooms) {
      if (room.record.unavailable !== undefined && canTalk(room.record)) this.#set(room, undefined);
    }
  }

  #set(room: Room, unavailable: number | undefined): void {
    const { rooms, journal } = this.#deps;
    room.record = { ...room.record, unavailable };
    journal.touch(room.record.room);
    rooms.touch(room);
  }
}
