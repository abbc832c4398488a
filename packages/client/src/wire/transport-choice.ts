import { limits } from '@maru/protocol';
import { type Environment, randomFraction } from '../environment.ts';
import { LONG_POLL_MS, POLL_MS, pollTransport } from './poll-transport.ts';
import type { Transport } from './transport.ts';
import type { TransportMemory } from './transport-memory.ts';

/** What carries a session's frames. */
export type TransportKind = 'websocket' | 'long-poll' | 'poll';
/** `auto`: a socket, and long polls where none can be had. */
export type TransportOption = 'auto' | TransportKind;

/** A socket that was greeted and is cut sooner than this has not shown that sockets work here. */
const SOCKET_PROVEN_MS = 10_000;
/** So many such sockets in a row, and polls are tried. */
const SOCKET_CUTS_MAX = 2;
/** For how long it is remembered of a network that sockets don't work in it. */
const BLOCKED_MS = 600_000;
/** When a socket is tried beside the polls: at first within this time, then within twice that, and so on (`[WIRE9]`). */
const CLIMB_FIRST_MS = 30_000;
const CLIMB_MAX_MS = 600_000;

/** How a connection ended, as far as it says something of the way. */
export interface ConnectionEnd {
  /** The server was heard on it: whatever ended it, it was no wall. */
  readonly heard: boolean;
  /** Milliseconds for which it was heard after the greeting; absent where there was none. */
  readonly livedMs: number | undefined;
  /** Cut without a code of the protocol. */
  readonly cut: boolean;
}

/**
 * Which transport to try next, by what became of those tried before. A wall that only sockets run against (a proxy that
 * eats upgrades, a captive portal) is told from a server that is not there by polls: where they don't get through
 * either, nothing is known of sockets.
 */
export class TransportChoice {
  readonly #environment: Environment;
  #option: TransportOption;
  readonly #pollMs: number;
  readonly #memory: TransportMemory;
  /** A socket failed just now: polls are to show whether it is the way or the server. */
  #suspects = false;
  #cuts = 0;
  #climbs = 0;

  constructor(
    environment: Environment,
    memory: TransportMemory,
    option: TransportOption = 'auto',
    pollMs = POLL_MS,
  ) {
    this.#environment = environment;
    this.#memory = memory;
    this.#option = option;
    this.#pollMs = pollMs;
  }

  get option(): TransportOption {
    return this.#option;
  }

  /** From the next connection on; what was found out about sockets is found out anew. */
  choose(option: TransportOption): void {
    this.#option = option;
    this.#suspects = false;
    this.#cuts = 0;
    this.#climbs = 0;
    this.#memory.remember(this.#network, undefined);
  }

  next(): TransportKind {
    if (this.#option !== 'auto') return this.#option;
    return this.#suspects || this.#isBlocked ? 'long-poll' : 'websocket';
  }

  transportOf(kind: TransportKind): Transport {
    switch (kind) {
      case 'websocket':
        return this.#environment.transport;
      case 'long-poll':
        return pollTransport(this.#environment, { kind, waitMs: LONG_POLL_MS });
      case 'poll':
        return pollTransport(this.#environment, { kind, everyMs: this.#pollMs });
    }
  }

  /** How long a greeting may take, where that has a limit of its own. */
  greetingMsMax(kind: TransportKind): number | undefined {
    return this.#option === 'auto' && kind === 'websocket' ? limits.SOCKET_GREETING_MS_MAX : undefined;
  }

  welcomed(kind: TransportKind): void {
    if (this.#option !== 'auto') return;
    if (kind !== 'websocket' && this.#suspects) {
      this.#memory.remember(this.#network, this.#environment.clock.now() + BLOCKED_MS);
    }
    this.#suspects = false;
  }

  ended(kind: TransportKind, { heard, livedMs, cut }: ConnectionEnd): void {
    if (this.#option !== 'auto') return;
    if (kind !== 'websocket') {
      // Nothing gets through: back to the beginning.
      if (livedMs === undefined) {
        this.#suspects = false;
        this.#memory.remember(this.#network, undefined);
      }
    } else if (livedMs === undefined) {
      this.#suspects = cut && !heard;
    } else {
      const proven = livedMs >= SOCKET_PROVEN_MS;
      this.#cuts = cut && !proven ? this.#cuts + 1 : 0;
      this.#suspects = this.#cuts >= SOCKET_CUTS_MAX;
      if (!proven) return;
      this.#climbs = 0;
      this.#memory.remember(this.#network, undefined);
    }
  }

  /** Milliseconds until a socket is to be tried beside a connection of this kind; absent where there is none to try. */
  climbMs(kind: TransportKind): number | undefined {
    if (this.#option !== 'auto' || kind === 'websocket') return undefined;
    const bound = Math.min(CLIMB_MAX_MS, CLIMB_FIRST_MS * 2 ** Math.min(this.#climbs++, 16));
    return Math.floor(bound * (0.5 + randomFraction(this.#environment.random) / 2));
  }

  get #isBlocked(): boolean {
    const left = (this.#memory.blockedUntil(this.#network) ?? 0) - this.#environment.clock.now();
    // More than can have been set: the clock has jumped.
    return left > 0 && left <= BLOCKED_MS;
  }

  get #network(): string {
    return this.#environment.network?.() ?? '';
  }
}
