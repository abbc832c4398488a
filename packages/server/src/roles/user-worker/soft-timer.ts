import type { Cancel, Clock } from '../../ports/clock.ts';

/** Runs something soft a while after it became due, once for all that became due meanwhile; later while messages wait. */
export class SoftTimer {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #isStrained: () => boolean;
  readonly #run: () => void;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, ms: number, isStrained: () => boolean, run: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#isStrained = isStrained;
    this.#run = run;
  }

  start(): void {
    this.#cancel ??= this.#clock.after(this.#ms, () => {
      this.#cancel = undefined;
      if (this.#isStrained()) this.start();
      else this.#run();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
