import type { RoomId } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { ClientClosed } from '../errors.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { ClientStore, StoreChange } from './store.ts';

/** How long a change that nobody waits for may stay in memory. */
const LAZY_FLUSH_MS = 250;

/** The way of what changed into the store. */
export interface Journal {
  /** Notes a change; it is written soon, or with the next flush. */
  add(change: StoreChange): void;
  /** Notes that a room's record changed. */
  touch(room: RoomId): void;
  /** Resolves when everything noted so far is durable. */
  flush(): Promise<void>;
  /** Whether everything noted so far is durable. */
  readonly isIdle: boolean;
  /** Writes what is left and closes the store, once. */
  close(): Promise<void>;
}

/**
 * Writes into the store of a client: gathers changes and writes them in order, one transaction for all that came meanwhile, one at
 * a time. A room's record is written once a transaction, as it is by then. What is lost in a crash before it was
 * written is asked for again, as the cursor never gets ahead of it.
 */
export class StoreJournal implements Journal {
  readonly #store: ClientStore;
  readonly #clock: Clock;
  readonly #record: (room: RoomId) => RoomRecord | undefined;
  readonly #failed: (cause: unknown) => void;
  readonly #lazyMs: () => number;
  #changes: StoreChange[] = [];
  readonly #dirty = new Set<RoomId>();
  #next: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #lazy: Cancel | undefined;
  #isWriting = false;
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
    /** How long a change that nobody waits for may stay in memory now; 0: no longer than what happens in one go. */
    lazyMs?: (() => number) | undefined;
  }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#record = deps.record;
    this.#failed = deps.failed;
    this.#lazyMs = deps.lazyMs ?? (() => LAZY_FLUSH_MS);
  }

  get isIdle(): boolean {
    return this.#changes.length === 0 && this.#dirty.size === 0 && !this.#isWriting;
  }

  add(change: StoreChange): void {
    if (this.#closed) return;
    if (change.kind === 'forget-room') this.#dirty.delete(change.room);
    this.#changes.push(change);
    this.#wakeLazily();
  }

  touch(room: RoomId): void {
    if (this.#closed) return;
    this.#dirty.add(room);
    this.#wakeLazily();
  }

  flush(): Promise<void> {
    if (this.#closed) return Promise.reject(new ClientClosed('the client is closed'));
    if (this.#next !== undefined) return this.#next;
    if (this.#changes.length === 0 && this.#dirty.size === 0) return this.#writing;
    const next = this.#writing.then(() => this.#write());
    this.#next = next;
    this.#writing = next;
    return next;
  }

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
    this.#isWriting = true;
    try {
      await this.#store.apply(changes);
    } catch (cause) {
      this.#end();
      this.#failed(cause);
      throw new ClientClosed('the store failed', { cause });
    } finally {
      this.#isWriting = false;
    }
  }

  #wakeLazily(): void {
    if (this.#lazy !== undefined || this.#next !== undefined) return;
    const ms = this.#lazyMs();
    // Whoever waits for the store hears of its failure by `failed`.
    const flush = () => void this.flush().catch(() => undefined);
    // Without a timer: those of a hidden tab come a second late, or a minute.
    if (ms === 0) flush();
    else
      this.#lazy = this.#clock.after(ms, () => {
        this.#lazy = undefined;
        flush();
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
