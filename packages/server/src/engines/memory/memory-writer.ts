import { StorageBroken } from '../../ports/log.ts';

/** Waits until what was written is durable; see `MemoryEngineOptions.sync`. */
export type Sync = (write: 'append' | 'directory') => Promise<void>;

/**
 * The memory engine's disk: a write changes what is kept when its sync resolves, in the order in which the syncs do. A
 * write that is under way when the engine ends is never answered, as nobody is left to hear it.
 */
export class MemoryWriter {
  readonly #sync: Sync;
  /** Writes under way, with what they wait for. */
  readonly #pending = new Map<() => void, Promise<void>>();
  #ended = false;
  #broken: StorageBroken | undefined;

  constructor(sync: Sync) {
    this.#sync = sync;
  }

  async write<T>(kind: 'append' | 'directory', change: () => T): Promise<T> {
    if (this.#ended) return never();
    if (this.#broken !== undefined) throw this.#broken;
    const synced = this.#sync(kind);
    this.#pending.set(change, synced);
    try {
      await synced;
    } catch (error) {
      if (this.#ended) return never();
      // After a broken sync the write stays pending: whether it is there shows at the next start.
      if (error instanceof StorageBroken) this.#broken = error;
      else this.#pending.delete(change);
      throw error;
    }
    if (this.#ended) return never();
    this.#pending.delete(change);
    return change();
  }

  /** Resolves when no write is under way any more. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.#pending.values());
  }

  /** Ends all writing; the first `written` writes that are under way have reached the disk. */
  end(written: number): void {
    this.#ended = true;
    for (const change of [...this.#pending.keys()].slice(0, written)) change();
    this.#pending.clear();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
