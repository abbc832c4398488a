import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';

/** How often sockets are looked at: one timer for all of them. */
const TICK_MS = 2_000;
/** Ticks of silence after which a socket is asked for a sign of life, twice. */
const PING_AFTER_TICKS = [7, 11];
/** And after which it is given up: the user is offline then (`[SOFT4]`). */
const CUT_AFTER_TICKS = limits.OFFLINE_AFTER_MS / TICK_MS;

/** A socket, as far as it is watched. */
export interface WatchedSocket {
  readonly data: { /** The tick of the last sign of life. */ heardAt: number };
  ping(): unknown;
}

/**
 * Finds sockets whose other end has gone without a word. The runtime's own time-out doesn't: what is sent counts for it
 * as life, so that somebody who is written to stays. Counts ticks and not time, so that a machine that slept cuts nobody.
 */
export class SocketWatch<S extends WatchedSocket> {
  readonly #clock: Clock;
  readonly #cut: (socket: S, silentMs: number) => void;
  readonly #sockets = new Set<S>();
  #tick = 0;
  #timer: Cancel | undefined;

  constructor(clock: Clock, cut: (socket: S, silentMs: number) => void) {
    this.#clock = clock;
    this.#cut = cut;
  }

  add(socket: S): void {
    this.#sockets.add(socket);
    this.heard(socket);
    this.#timer ??= this.#clock.after(TICK_MS, () => this.#look());
  }

  /** The other end gave a sign of life. */
  heard(socket: S): void {
    socket.data.heardAt = this.#tick;
  }

  delete(socket: S): void {
    this.#sockets.delete(socket);
    if (this.#sockets.size > 0) return;
    this.#timer?.();
    this.#timer = undefined;
  }

  #look(): void {
    this.#tick++;
    // Before sockets are cut: who cuts the last one ends the timer.
    this.#timer = this.#clock.after(TICK_MS, () => this.#look());
    for (const socket of this.#sockets) {
      const silent = this.#tick - socket.data.heardAt;
      if (silent >= CUT_AFTER_TICKS) this.#cut(socket, silent * TICK_MS);
      else if (PING_AFTER_TICKS.includes(silent)) socket.ping();
    }
  }
}
