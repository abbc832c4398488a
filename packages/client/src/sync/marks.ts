import type { RoomId, Seq } from '@maru/protocol';
import { ClientClosed, Disconnected, RequestRefused } from '../errors.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';

export interface MarkRequest {
  readonly room: RoomId;
  readonly read?: Seq;
  readonly unread?: boolean;
}

export interface MarksDeps {
  readonly rooms: Rooms;
  readonly journal: Journal;
  readonly session: {
    /** Resolves when the server has it for good (`[DUR5]`). */
    mark(request: MarkRequest): Promise<void>;
  };
  /** It has all of the room's marks. */
  readonly confirmed: (room: Room) => void;
}

/**
 * The user's own marks on their way to the server: stored with the room before it is told of them (`[STORE1]`), kept
 * until it has them, said again after a reconnect, one request a room at a time.
 */
export class Marks {
  readonly #deps: MarksDeps;
  readonly #sending = new Set<Room>();
  #online = false;

  constructor(deps: MarksDeps) {
    this.#deps = deps;
  }

  online(): void {
    this.#online = true;
    for (const room of this.#deps.rooms) this.#send(room);
  }

  offline(): void {
    this.#online = false;
  }

  /** Takes a mark over that the user has just set; the room's own marks have it already. */
  set(room: Room, change: { readonly read?: Seq; readonly unread?: boolean }): void {
    this.#keep(room, { ...room.record.pendingMark, ...change });
    this.#send(room);
  }

  #keep(room: Room, pendingMark: Room['record']['pendingMark']): void {
    room.record = { ...room.record, pendingMark };
    this.#deps.journal.touch(room.record.room);
  }

  #send(room: Room): void {
    if (!this.#online || this.#sending.has(room) || room.record.pendingMark === undefined) return;
    this.#sending.add(room);
    void this.#run(room);
  }

  async #run(room: Room): Promise<void> {
    try {
      for (;;) {
        const { room: id, pendingMark } = room.record;
        if (pendingMark === undefined) break;
        // Else a page that is loaded again would begin behind what others are told that the user has read.
        await this.#deps.journal.flush();
        await this.#deps.session.mark({ room: id, ...pendingMark });
        // What the user has set meanwhile goes next.
        if (room.record.pendingMark === pendingMark) this.#keep(room, undefined);
      }
      this.#deps.confirmed(room);
    } catch (error) {
      if (error instanceof ClientClosed) return;
      // Refused for good: no member any more. Disconnected: kept for the next time.
      if (error instanceof RequestRefused) this.#keep(room, undefined);
      else if (!(error instanceof Disconnected)) throw error;
    } finally {
      this.#sending.delete(room);
    }
    // The next session may have begun before the former was seen to end.
    this.#send(room);
  }
}
