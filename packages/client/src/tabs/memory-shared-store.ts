import type { Event, RoomId } from '@maru/protocol';
import { MemoryDisk } from '../store/memory-disk.ts';
import type { StoreChange, StoredState } from '../store/store.ts';
import { StoreFailed } from '../store/store-failed.ts';
import type { Act } from './act.ts';
import type { GivenActs, SharedStore, StoredAt } from './shared-store.ts';

/** What the memory stores of several tabs have in common: a disk, and what stands on it beside. */
export class MemorySharedDisk {
  readonly disk = new MemoryDisk();
  readonly given: GivenActs[] = [];
  lead: string | undefined;
  version = 0;
  keys = 0;
  /** Transactions one after the other, whoever makes them. */
  turn: Promise<unknown> = Promise.resolve();
}

export interface MemorySharedStoreOptions {
  /** Resolves when what was written is stored. Absent: at once. */
  readonly sync?: () => Promise<void>;
}

/**
 * A store of several tabs that lasts as long as the process. `kill` ends one tab's: it answers no call any more, and what
 * it had begun may be stored or not.
 */
export class MemorySharedStore implements SharedStore {
  readonly #shared: MemorySharedDisk;
  readonly #options: MemorySharedStoreOptions;
  #killed = false;

  constructor(shared: MemorySharedDisk, options: MemorySharedStoreOptions = {}) {
    this.#shared = shared;
    this.#options = options;
  }

  async load(): Promise<StoredState> {
    return (await this.loadAt()).state;
  }

  loadAt(): Promise<StoredAt> {
    return this.#inTurn(({ disk, version, given }) => ({ state: disk.state(), version, given: [...given] }));
  }

  apply(changes: readonly StoreChange[]): Promise<void> {
    return this.#write(({ disk }) => {
      for (const change of changes) disk.change(change);
    });
  }

  lead(tab: string): Promise<number> {
    return this.#write((shared) => {
      shared.lead = tab;
      return ++shared.version;
    });
  }

  change(tab: string, changes: readonly StoreChange[], carriedOut: readonly number[]): Promise<number> {
    return this.#write((shared) => {
      if (shared.lead !== tab) throw new StoreFailed('taken-over', 'Another tab took the store over.');
      for (const change of changes) shared.disk.change(change);
      for (const key of carriedOut) {
        const index = shared.given.findIndex((given) => given.key === key);
        if (index >= 0) shared.given.splice(index, 1);
      }
      return ++shared.version;
    });
  }

  give(acts: readonly Act[]): Promise<void> {
    return this.#write((shared) => {
      shared.given.push({ key: ++shared.keys, acts });
    });
  }

  given(): Promise<readonly GivenActs[]> {
    return this.#inTurn(({ given }) => [...given]);
  }

  events(room: RoomId, from: number, to: number): Promise<Event[]> {
    return this.#inTurn(({ disk }) => disk.events(room, from, to));
  }

  nextExpiry(): Promise<number | undefined> {
    return this.#inTurn(({ disk }) => disk.nextExpiry());
  }

  async close(): Promise<void> {
    await this.#shared.turn;
  }

  kill(): void {
    this.#killed = true;
  }

  #write<T>(run: (shared: MemorySharedDisk) => T): Promise<T> {
    return this.#inTurn(run, this.#options.sync);
  }

  /** In the order of the calls. */
  async #inTurn<T>(run: (shared: MemorySharedDisk) => T, before?: () => Promise<void>): Promise<T> {
    const shared = this.#shared;
    const isKilled = this.#killed;
    const done = shared.turn.then(before).then(() => {
      // Who is killed begins nothing more.
      if (!isKilled) return run(shared);
      return new Promise<never>(() => undefined);
    });
    if (!isKilled) shared.turn = done.catch(() => undefined);
    const result = await done;
    // Nobody is there any more to hear it.
    return this.#killed ? new Promise<never>(() => undefined) : result;
  }
}
