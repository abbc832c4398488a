import type { Cancel, Clock } from '../../ports/clock.ts';

/** So many are handed on at a time, with a pause behind them: what is soft never holds up a message for long. */
const SLICE_MAX = 1_000;
const SLICE_PAUSE_MS = 20;

export interface SoftQueueOptions<T> {
  readonly clock: Clock;
  /** From the first one that is added to when they are handed on. */
  readonly ms: number;
  /** Whether messages wait so long that this should stand back. */
  readonly isStrained: () => boolean;
  readonly handOn: (items: readonly T[]) => void;
}

/** Gathers things to be done a while later, together, in slices. */
export class SoftQueue<T> {
  readonly #options: SoftQueueOptions<T>;
  #items: T[] = [];
  #cancel: Cancel | undefined;

  constructor(options: SoftQueueOptions<T>) {
    this.#options = options;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#start(this.#options.ms);
  }

  /** Hands on everything at once. */
  drain(): void {
    this.stop();
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#options.handOn(items);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #start(ms: number): void {
    this.#cancel ??= this.#options.clock.after(ms, () => {
      this.#cancel = undefined;
      if (!this.#options.isStrained()) this.#options.handOn(this.#items.splice(0, SLICE_MAX));
      if (this.#items.length > 0) this.#start(SLICE_PAUSE_MS);
    });
  }
}
