import type { Cancel, Environment } from '../environment.ts';
import { fullJitterMs } from './backoff.ts';

/** A wait between a retryable refusal and the next try, longer each time until something goes well. */
export class Pause {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #over: () => void;
  #cancel: Cancel | undefined;
  #times = 0;

  constructor(environment: Pick<Environment, 'clock' | 'random'>, over: () => void) {
    this.#environment = environment;
    this.#over = over;
  }

  get active(): boolean {
    return this.#cancel !== undefined;
  }

  /** Begins, unless it is under way; says whether it began. */
  begin(retryAfterMs: number): boolean {
    if (this.#cancel !== undefined) return false;
    const { clock, random } = this.#environment;
    this.#cancel = clock.after(retryAfterMs + fullJitterMs(this.#times++, random), () => {
      this.#cancel = undefined;
      this.#over();
    });
    return true;
  }

  /** Something went well: the next wait is a first one again. */
  succeeded(): void {
    this.#times = 0;
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
