import type { RoomId } from '@maru/protocol';
import type { RoomStore } from '../../ports/room-store.ts';
import { LiveRoom } from './live-room.ts';

/** Rooms in memory: those in use, and of the others the ones used last, up to a number. */
export class RoomStates {
  readonly #store: RoomStore;
  readonly #max: number;
  readonly #rooms = new Map<RoomId, LiveRoom>();
  readonly #loads = new Map<RoomId, Promise<void>>();

  constructor(store: RoomStore, max: number) {
    this.#store = store;
    this.#max = max;
  }

  get size(): number {
    return this.#rooms.size;
  }

  get(room: RoomId): LiveRoom {
    let live = this.#rooms.get(room);
    if (live === undefined) {
      if (this.#rooms.size >= this.#max) this.#evict();
      live = new LiveRoom(room);
      this.#rooms.set(room, live);
    }
    live.touched = true;
    return live;
  }

  /** Reads the room's state, once however many wait for it. The room may turn out not to exist. */
  async load(live: LiveRoom): Promise<void> {
    if (live.loaded) return;
    let load = this.#loads.get(live.room);
    if (load === undefined) {
      load = this.#read(live).finally(() => this.#loads.delete(live.room));
      this.#loads.set(live.room, load);
    }
    await load;
  }

  /** Forgets a room that does not exist, so that names nobody made take no memory. */
  drop(live: LiveRoom): void {
    if (live.idle && live.committed === undefined) this.#rooms.delete(live.room);
  }

  async #read(live: LiveRoom): Promise<void> {
    const state = await this.#store.state(live.room);
    live.committed = state;
    live.tentative = state;
    live.loaded = true;
  }

  /** Second chance: the rooms stand in the order of their last sweep; one that was used since goes to the end. */
  #evict(): void {
    let left = this.#rooms.size;
    for (const [room, live] of this.#rooms) {
      if (this.#rooms.size < this.#max || left-- === 0) return;
      if (!live.touched && live.idle && !this.#loads.has(room)) {
        this.#rooms.delete(room);
      } else if (live.touched) {
        live.touched = false;
        this.#rooms.delete(room);
        this.#rooms.set(room, live);
      }
    }
  }
}
