import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Inbox } from './inbox.ts';

/** Ticks come within this time of when they are due. */
const SLOT_MS = 250;

/**
 * One timer for the deadlines of all users. A user stands in one slot at most; when it comes and the deadline has moved
 * on meanwhile, as every beat moves it, the user goes into a later slot.
 */
export class TickWheel {
  readonly #clock: Clock;
  readonly #tick: (inbox: Inbox) => void;
  readonly #slots = new Map<number, Inbox[]>();
  #timer: Cancel | undefined;
  #timerSlot = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, tick: (inbox: Inbox) => void) {
    this.#clock = clock;
    this.#tick = tick;
  }

  /** Sees to it that the user gets a tick at `inbox.deadline`, which only ever moves on. */
  arrange(inbox: Inbox): void {
    if (inbox.isTicking || inbox.deadline === undefined) return;
    inbox.isTicking = true;
    const slot = Math.ceil(inbox.deadline / SLOT_MS);
    const others = this.#slots.get(slot);
    if (others === undefined) this.#slots.set(slot, [inbox]);
    else others.push(inbox);
    if (slot < this.#timerSlot) this.#start(slot);
  }

  stop(): void {
    this.#timer?.();
    this.#slots.clear();
  }

  #start(slot: number): void {
    this.#timer?.();
    this.#timerSlot = slot;
    this.#timer = this.#clock.after(Math.max(0, slot * SLOT_MS - this.#clock.monotonic()), () =>
      this.#turn(),
    );
  }

  #turn(): void {
    const now = this.#clock.monotonic();
    this.#timerSlot = Number.POSITIVE_INFINITY;
    for (const [slot, inboxes] of [...this.#slots]) {
      if (slot * SLOT_MS > now) continue;
      this.#slots.delete(slot);
      for (const inbox of inboxes) {
        inbox.isTicking = false;
        if (inbox.deadline !== undefined && inbox.deadline <= now) this.#tick(inbox);
        this.arrange(inbox);
      }
    }
    const next = Math.min(...this.#slots.keys());
    if (next < this.#timerSlot) this.#start(next);
  }
}
