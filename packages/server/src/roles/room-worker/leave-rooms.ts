import type { UserId } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Directory } from '../../ports/directory.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { Rooms } from '../../ports/rooms.ts';

/** What could not be left is tried again this much later. */
const RETRY_MS = 5_000;

export interface LeaveRoomsDeps {
  readonly rooms: Rooms;
  readonly store: InboxStore;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/**
 * Takes deleted accounts out of their rooms, by commands of the server's own that go through the rooms' order like any
 * other. The directory remembers who is still to be taken out; doing it twice does nothing.
 */
export class LeaveRooms implements Disposable {
  readonly #deps: LeaveRoomsDeps;
  #retry: Cancel | undefined;

  constructor(deps: LeaveRoomsDeps) {
    this.#deps = deps;
  }

  /** Takes one user out of all rooms; throws if the storage refuses, and is then tried again. */
  async leaveAll(user: UserId): Promise<void> {
    try {
      await this.#leaveAll(user);
    } catch (error) {
      this.#retryLater();
      throw error;
    }
  }

  /** Goes on with those whose rooms were still to be left when the server stopped. */
  async resume(): Promise<void> {
    try {
      for (const user of await this.#deps.directory.departures()) await this.#leaveAll(user);
    } catch (error) {
      this.#deps.onFault(error);
      this.#retryLater();
    }
  }

  [Symbol.dispose](): void {
    this.#retry?.();
  }

  async #leaveAll(user: UserId): Promise<void> {
    const { rooms, store, directory, clock } = this.#deps;
    for (const { room, intervals } of await store.roomsOf(user)) {
      if (intervals.at(-1)?.left !== undefined) continue;
      const command = { kind: 'leave', room, sender: user, now: clock.now(), groupMembersMax: 0 } as const;
      const answer = await rooms.submit(command);
      if (answer.kind === 'refused' && answer.error.retryable) {
        throw new Error(`a room could not be left: ${answer.error.code}`);
      }
    }
    await directory.departed(user);
  }

  #retryLater(): void {
    this.#retry ??= this.#deps.clock.after(RETRY_MS, () => {
      this.#retry = undefined;
      void this.resume();
    });
  }
}
