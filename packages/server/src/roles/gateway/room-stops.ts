import type { ClientMessageId, RoomId } from '@maru/protocol';

/** Rooms that may be stopped at a time: nobody who waits for answers has commands on their way to so many. */
export const ROOM_STOPS_MAX = 4_096;

/** A command by its name. */
interface Named {
  readonly room: RoomId;
  readonly clientMessageId: ClientMessageId;
}

/**
 * Rooms in which a command of this session was refused and may be sent again. What the client sent behind it, before it
 * knew of the refusal, must not overtake it (`[ORD4]`): it would take effect first, and the refused id be too old.
 */
export class RoomStops {
  #stops: Map<RoomId, ClientMessageId> | undefined;

  /** There are more than any client needs: it floods, and must not fill the memory. */
  get isFull(): boolean {
    return (this.#stops?.size ?? 0) >= ROOM_STOPS_MAX;
  }

  /** A command was refused with a retryable error. */
  stop({ room, clientMessageId }: Named): void {
    this.#stops ??= new Map();
    const stopped = this.#stops.get(room);
    if (stopped === undefined || clientMessageId < stopped) this.#stops.set(room, clientMessageId);
  }

  /** Whether a command must be refused, too. The refused one, or an earlier, ends the stop. */
  holds({ room, clientMessageId }: Named): boolean {
    const stopped = this.#stops?.get(room);
    if (stopped === undefined) return false;
    if (clientMessageId > stopped) return true;
    this.lift(room);
    return false;
  }

  /** The client has asked what became of a command: it knows of the refusal, and all it sent before has arrived. */
  lift(room: RoomId): void {
    this.#stops?.delete(room);
  }
}
