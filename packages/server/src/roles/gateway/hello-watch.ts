import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { LiveSession } from './live-session.ts';

/** How often those who wait are looked at: one timer for all of them. */
const TICK_MS = 1_000;

/** Connections that have not been welcomed yet, the oldest first (`[WIRE5]`). */
export class HelloWatch {
  readonly #clock: Clock;
  readonly #waiting = new Map<LiveSession, number>();
  #timer: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(session: LiveSession): void {
    this.#waiting.set(session, this.#clock.monotonic() + limits.HELLO_TIMEOUT_MS);
    this.#timer ??= this.#clock.after(TICK_MS, () => this.#tick());
  }

  delete(session: LiveSession): void {
    this.#waiting.delete(session);
  }

  all(): Iterable<LiveSession> {
    return this.#waiting.keys();
  }

  stop(): void {
    this.#timer?.();
  }

  #tick(): void {
    const now = this.#clock.monotonic();
    for (const [session, deadline] of this.#waiting) {
      if (deadline > now) break;
      session.helloTimedOut();
    }
    this.#timer = this.#waiting.size === 0 ? undefined : this.#clock.after(TICK_MS, () => this.#tick());
  }
}
