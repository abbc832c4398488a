import type { Event, RoomId } from '@maru/protocol';
import { MemoryDisk } from './memory-disk.ts';
import type { ClientStore, StoreChange, StoredState } from './store.ts';

export interface MemoryStoreOptions {
  /** The disk that this store plays: what `apply` was given is stored when it resolves. Absent: at once. */
  readonly sync?: () => Promise<void>;
}

/**
 * A store that lasts as long as the process. In a simulation it plays a disk: `crash()` forgets everything that was not
 * synced.
 */
export class MemoryStore implements ClientStore {
  readonly #options: MemoryStoreOptions;
  readonly #disk: MemoryDisk;
  /** Resolves after all calls of `apply` so far, those that failed included. */
  #written: Promise<void> = Promise.resolve();
  #crashed = false;

  constructor(options: MemoryStoreOptions = {}, disk = new MemoryDisk()) {
    this.#options = options;
    this.#disk = disk;
  }

  async load(): Promise<StoredState> {
    return this.#disk.state();
  }

  apply(changes: readonly StoreChange[]): Promise<void> {
    const { sync } = this.#options;
    const written = this.#written.then(sync).then(() => {
      if (this.#crashed) return new Promise<void>(() => undefined);
      for (const change of changes) this.#disk.change(change);
      return undefined;
    });
    this.#written = written.catch(() => undefined);
    return written;
  }

  async events(room: RoomId, from: number, to: number): Promise<Event[]> {
    if (this.#crashed) return new Promise<never>(() => undefined);
    return this.#disk.events(room, from, to);
  }

  async nextExpiry(): Promise<number | undefined> {
    if (this.#crashed) return new Promise<never>(() => undefined);
    return this.#disk.nextExpiry();
  }

  async close(): Promise<void> {
    await this.#written;
  }

  /** The power fails: gives a store that holds what was synced. This one answers no call any more. */
  crash(): MemoryStore {
    this.#crashed = true;
    return new MemoryStore(this.#options, this.#disk);
  }
}
