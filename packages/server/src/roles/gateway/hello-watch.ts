import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { LiveSession } from './live-session.ts';

/** How often those who wait are looked at: one timer for all of them. */
const TICK_MS = 1_000;

/** Connections that have not been welcomed yet, the oldest first (`[WIRE5]`). */
export class HelloWatch {
  readonly #clock: Clock;
  readonly #waiting = new Map<LiveSession, { readonly deadline: number; readonly settled: () => void }>();
  #timer: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** @param settled called once, when it waits no more: welcomed or ended */
  add(session: LiveSession, settled: () => void): void {
    this.#waiting.set(session, { deadline: this.#clock.monotonic() + limits.HELLO_TIMEOUT_MS, settled });
    this.#timer ??= this.#clock.after(TICK_MS, () => this.#tick());
  }

  delete(session: LiveSession): void {
    const waiting = this.#waiting.get(session);
    this.#waiting.delete(session);
    waiting?.settled();
  }

  all(): Iterable<LiveSession> {
    return this.#waiting.keys();
  }

  stop(): void {
    this.#timer?.();
  }

  #tick(): void {
    const now = this.#clock.monotonic();
    for (const [session, { deadline }] of this.#waiting) {
      if (deadline > now) break;
      session.helloTimedOut();
    }
    this.#timer = this.#waiting.size === 0 ? undefined : this.#clock.after(TICK_MS, () => this.#tick());
  }
}
