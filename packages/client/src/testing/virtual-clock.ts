import type { Cancel, Clock } from '../environment.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes when a test says so. */
export class VirtualClock implements Clock {
  #elapsed = 0;
  #timers: Timer[] = [];
  /** How far the wall clock is off: it may jump. */
  offsetMs = Date.parse('2026-01-01T00:00:00Z');

  now(): number {
    return this.offsetMs + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { at: this.#elapsed + Math.max(0, ms), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, and everything happen that waits for no more than it. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    await settle();
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#elapsed = next.at;
      this.#timers = this.#timers.filter((other) => other !== next);
      next.run();
      await settle();
    }
    this.#elapsed = until;
  }
}

/** Lets all promises run that wait for nothing but each other. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
