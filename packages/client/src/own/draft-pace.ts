import type { SettingName } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';

/** A draft that is being written goes to the server this often, at most. */
export const DRAFT_WRITE_MS = 3_000;

/** Holds drafts back while they are being written, so that not every key makes a write (`[OWN10]`). */
export class DraftPace {
  readonly #clock: Clock;
  readonly #ready: () => void;
  readonly #held = new Map<SettingName, Cancel>();

  /** @param ready a draft is held no longer */
  constructor(clock: Clock, ready: () => void) {
    this.#clock = clock;
    this.#ready = ready;
  }

  /** `isEmpty`: it is gone, which the other devices hear at once. */
  written(name: SettingName, isEmpty: boolean): void {
    if (isEmpty) this.sent(name);
    else if (!this.#held.has(name))
      this.#held.set(
        name,
        this.#clock.after(DRAFT_WRITE_MS, () => this.release(name)),
      );
  }

  holds(name: SettingName): boolean {
    return this.#held.has(name);
  }

  release(name: SettingName): void {
    if (!this.#held.has(name)) return;
    this.sent(name);
    this.#ready();
  }

  /** It is on its way: the next words begin a new wait. */
  sent(name: SettingName): void {
    this.#held.get(name)?.();
    this.#held.delete(name);
  }

  close(): void {
    for (const cancel of this.#held.values()) cancel();
    this.#held.clear();
  }
}
