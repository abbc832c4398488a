import type { RoomId } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { ClientClosed } from '../errors.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { ClientStore, StoreChange } from './store.ts';

/** How long a change that nobody waits for may stay in memory. */
const LAZY_FLUSH_MS = 250;

/**
 * The way into the store: gathers changes and writes them in order, one transaction for all that came meanwhile, one at
 * a time. A room's record is written once a transaction, as it is by then. What is lost in a crash before it was
 * written is asked for again, as the cursor never gets ahead of it.
 */
export class Journal {
  readonly #store: ClientStore;
  readonly #clock: Clock;
  readonly #record: (room: RoomId) => RoomRecord | undefined;
  readonly #failed: (cause: unknown) => void;
  #changes: StoreChange[] = [];
  readonly #dirty = new Set<RoomId>();
  #next: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #lazy: Cancel | undefined;
  /** Nothing is written any more. */
  #closed = false;
  #storeClosed = false;

  constructor(deps: {
    store: ClientStore;
    clock: Clock;
    /** The room's record as it is now. */
    record: (room: RoomId) => RoomRecord | undefined;
    /** The store failed. Nothing is written any more. */
    failed: (cause: unknown) => void;
  }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#record = deps.record;
    this.#failed = deps.failed;
  }

  /** Notes a change; it is written soon, or with the next flush. */
  add(change: StoreChange): void {
    if (this.#closed) return;
    if (change.kind === 'forget-room') this.#dirty.delete(change.room);
    this.#changes.push(change);
    this.#wakeLazily();
  }

  /** Notes that a room's record changed. */
  touch(room: RoomId): void {
    if (this.#closed) return;
    this.#dirty.add(room);
    this.#wakeLazily();
  }

  /** Resolves when everything noted so far is durable. */
  flush(): Promise<void> {
    if (this.#closed) return Promise.reject(new ClientClosed('the client is closed'));
    if (this.#next !== undefined) return this.#next;
    if (this.#changes.length === 0 && this.#dirty.size === 0) return this.#writing;
    const next = this.#writing.then(() => this.#write());
    this.#next = next;
    this.#writing = next;
    return next;
  }

  /** Writes what is left and closes the store, once. */
  async close(): Promise<void> {
    if (this.#storeClosed) return;
    this.#storeClosed = true;
    try {
      if (!this.#closed) await this.flush();
    } finally {
      this.#end();
      await this.#store.close();
    }
  }

  async #write(): Promise<void> {
    this.#next = undefined;
    this.#lazy?.();
    this.#lazy = undefined;
    if (this.#closed) throw new ClientClosed('the client is closed');
    const changes = this.#changes;
    this.#changes = [];
    for (const room of this.#dirty) {
      const record = this.#record(room);
      if (record !== undefined) changes.push({ kind: 'room', record });
    }
    this.#dirty.clear();
    try {
      await this.#store.apply(changes);
    } catch (cause) {
      this.#end();
      this.#failed(cause);
      throw new ClientClosed('the store failed', { cause });
    }
  }

  #wakeLazily(): void {
    if (this.#lazy !== undefined || this.#next !== undefined) return;
    this.#lazy = this.#clock.after(LAZY_FLUSH_MS, () => {
      this.#lazy = undefined;
      // Whoever waits for the store hears of its failure by `failed`.
      this.flush().catch(() => undefined);
    });
  }

  #end(): void {
    this.#closed = true;
    this.#lazy?.();
    this.#lazy = undefined;
    this.#changes = [];
    this.#dirty.clear();
  }
}
