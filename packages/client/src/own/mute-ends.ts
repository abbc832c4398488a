import type { Mute, RoomId } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';

/** Timers of platforms go no further than 24 days; and a clock that was set is noticed by then. */
const LOOK_MS_MAX = 3_600_000;

/** Tells when a room's mute is over (`[OWN6]`). One timer for all. */
export class MuteEnds {
  readonly #clock: Clock;
  readonly #ended: (room: RoomId) => void;
  readonly #ends = new Map<RoomId, number>();
  #cancel: Cancel | undefined;

  constructor(clock: Clock, ended: (room: RoomId) => void) {
    this.#clock = clock;
    this.#ended = ended;
  }

  set(room: RoomId, mute: Mute | undefined): void {
    if (mute === undefined || mute.until === 'ever' || mute.until <= this.#clock.now())
      this.#ends.delete(room);
    else this.#ends.set(room, mute.until);
    this.#arrange();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#ends.clear();
  }

  #arrange(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#ends.size === 0) return;
    const next = Math.min(...this.#ends.values()) - this.#clock.now();
    this.#cancel = this.#clock.after(Math.max(0, Math.min(next, LOOK_MS_MAX)), () => this.#look());
  }

  #look(): void {
    const now = this.#clock.now();
    for (const [room, end] of this.#ends) {
      if (end > now) continue;
      this.#ends.delete(room);
      this.#ended(room);
    }
    this.#arrange();
  }
}
