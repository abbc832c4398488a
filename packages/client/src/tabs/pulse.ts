import type { Cancel, Clock } from '../environment.ts';

/** Milliseconds in which a tab that lives answers another, twice over. */
const ANSWER_MS_MAX = 2_500;

/**
 * Finds out whether the tab with the connection lives, when something is wanted of it: a browser may have put it to sleep
 * with the lock in its hands, as phones do.
 */
export class Pulse {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #dead: () => void;
  #timer: Cancel | undefined;

  /**
   * @param ask asks it for an answer
   * @param dead there was none
   */
  constructor(clock: Clock, ask: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#dead = dead;
  }

  /** Something is wanted. */
  check(): void {
    if (this.#timer === undefined) this.#wait(2);
  }

  /** It said something. */
  heard(): void {
    this.#timer?.();
    this.#timer = undefined;
  }

  /** @param tries twice, for this tab may have slept itself and not have read what came */
  #wait(tries: number): void {
    this.#ask();
    this.#timer = this.#clock.after(ANSWER_MS_MAX, () => {
      this.#timer = undefined;
      if (tries > 1) this.#wait(tries - 1);
      else this.#dead();
    });
  }
}
